import { createHash } from "node:crypto";
import { GRAPH_FILE, WEIGHTS_FILE, type PreparedModel } from "./preparedModel";

/** 64 hexadecimal digits that are another one's for every other graph or weights. */
export function fingerprint({ version, files }: Pick<PreparedModel, "version" | "files">): string {
  const hashes = [GRAPH_FILE, WEIGHTS_FILE].map((file) => files[file]?.sha256 ?? "");
  return createHash("sha256")
    .update([version, ...hashes].join())
    .digest("hex");
}
