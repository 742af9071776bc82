import type { ConsentRequest } from "../model/store/baseSource";

/** The question before anything big is fetched: what, how big, which licence, from where. */
export function consentText({ title, bytes, licence, from }: ConsentRequest): string {
  const size = bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.round(bytes / 1e6)} MB`;
  return `Unmask needs a model on this machine: ${title}, ${size}, licence ${licence}, from ${from}. Get it now?`;
}
