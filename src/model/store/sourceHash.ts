import { createHash } from "node:crypto";
import type { Manifest } from "../manifest";

/**
 * What a prepared model was made from, as 64 hexadecimal digits: changes with anything in the manifest, which holds the sha256 of base, adapter and
 * vocabulary. Layout and key order of the manifest's file don't count.
 */
export function sourceHash(manifest: Manifest): string {
  return createHash("sha256")
    .update(JSON.stringify(sorted(manifest)))
    .digest("hex");
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  );
}
