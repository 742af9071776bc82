import { rename, rm } from "node:fs/promises";
import { temporaryName } from "./temporaryFolder";

/**
 * Removes a prepared folder, under the lock. It loses its name first, in one step: nobody finds half of it, an engine that has loaded it reads on, and
 * Windows refuses here where one reads it.
 * @param store the store's directory
 * @throws the system's errors
 */
export async function removePrepared(folder: string, store: string): Promise<void> {
  const temporary = temporaryName(store);
  await rename(folder, temporary);
  await rm(temporary, { recursive: true, force: true, maxRetries: 3 });
}
