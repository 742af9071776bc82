import { mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { execute } from "./execute.mjs";

/**
 * The real model for the tests that want it: made once, then found. Tests skip by name where the variables below are not set.
 *
 * @param {string} root
 * @returns {Promise<{ env: Record<string, string>, failed: number }>} UNMASK_MODEL_DIR and UNMASK_BASE_GGUF; `failed` is 1 where making it went wrong
 */
export async function realModel(root) {
  const folder = await mkdtemp(path.join(os.tmpdir(), "unmask-model-"));
  try {
    const file = path.join(folder, "result.json");
    const code = await execute(root, process.execPath, ["--import", "tsx", "scripts/testing/prepareRealModel.ts", file]);
    if (code !== 0) {
      console.error(`The real model could not be made (${code}).`);
      return { env: {}, failed: 1 };
    }
    const { model, base, without } = JSON.parse(await readFile(file, "utf8"));
    if (without !== undefined) console.log(`not run with the real model: ${without}`);
    return { env: { ...(model && { UNMASK_MODEL_DIR: model }), ...(base && { UNMASK_BASE_GGUF: base }) }, failed: 0 };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
