import path from "node:path";

/** The clone. */
export const ROOT = path.resolve(__dirname, "../../..");
/** What ships for this platform, as `scripts/package.mjs --current --unpack` lays it out: the extension that is tested. */
export const UNPACKED = path.join(ROOT, "out/unpacked");
