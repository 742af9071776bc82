import { utimes } from "node:fs/promises";
import * as path from "node:path";
import { PREPARED_FILE } from "../preparedModel";
import { errorCode } from "./errorCode";

/** Notes in the time of its prepared.json that a folder is used, see `oldPrepared`. Where that can't be noted, the folder can't be removed either. */
export async function markPreparedUsed(directory: string): Promise<void> {
  const now = new Date();
  await utimes(path.join(directory, PREPARED_FILE), now, now).catch((error: unknown) => {
    if (errorCode(error) === undefined) throw error;
  });
}
