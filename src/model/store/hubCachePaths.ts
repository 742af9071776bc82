import * as path from "node:path";
import type { FileSource } from "../manifest";
import type { Surroundings } from "./storeDirectory";

/**
 * Where the hub's own tools keep a file that they fetched: they name blobs of large files by sha256; where there are no symbolic links, as on many a
 * Windows, the file is under its own name in the revision's snapshot instead (huggingface.co/docs/huggingface_hub/guides/manage-cache). Whether it is
 * there, and right, is the caller's to see.
 */
export function hubCachePaths(hub: NonNullable<FileSource["hub"]>, sha256: string, { env, home }: Surroundings): string[] {
  const cache =
    env["HF_HUB_CACHE"] ?? path.join(env["HF_HOME"] ?? path.join(env["XDG_CACHE_HOME"] ?? path.join(home, ".cache"), "huggingface"), "hub");
  const repository = path.join(cache, `models--${hub.repository.replace("/", "--")}`);
  return [path.join(repository, "blobs", sha256), path.join(repository, "snapshots", hub.revision, ...hub.file.split("/"))];
}
