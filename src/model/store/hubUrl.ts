import type { FileSource } from "../manifest";

/** Of the Hugging Face hub; HF_ENDPOINT names a mirror, as for its own tools. The hash makes it the same file wherever it comes from. */
export const HUB_ORIGIN = "https://huggingface.co";

/** Address of a hub file at its pinned revision. */
export function hubUrl(hub: NonNullable<FileSource["hub"]>, origin: string): string {
  return `${origin.replace(/\/+$/, "")}/${hub.repository}/resolve/${hub.revision}/${hub.file}`;
}
