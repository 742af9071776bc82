import { mkdir, open, rename, rm } from "node:fs/promises";
import * as path from "node:path";
import { PREPARED_FILE, type PreparedModel } from "../preparedModel";
import type { AssertHeld } from "./storeLock";
import { syncDirectory } from "./syncDirectory";
import { syncFile } from "./syncFile";

/**
 * Gives a finished temporary folder its final name: every byte is on the disk first, prepared.json is written last, and the rename is one step. Before
 * it there is no such folder, after it a whole one; what stood there, and was not whole, goes.
 * @throws what `assertHeld` throws; the system's error
 */
export async function commitPrepared(temporary: string, prepared: PreparedModel, final: string, assertHeld: AssertHeld): Promise<void> {
  for (const name of Object.keys(prepared.files)) await syncFile(path.join(temporary, name));
  const handle = await open(path.join(temporary, PREPARED_FILE), "wx");
  try {
    await handle.writeFile(`${JSON.stringify(prepared, undefined, 2)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await syncDirectory(temporary);
  await mkdir(path.dirname(final), { recursive: true });
  await assertHeld();
  await rm(final, { recursive: true, force: true, maxRetries: 3 });
  await rename(temporary, final);
  await syncDirectory(path.dirname(final));
}
