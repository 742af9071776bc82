import { randomUUID } from "node:crypto";
import { readdir, rm } from "node:fs/promises";
import * as path from "node:path";

/** `tmp` alone: as earlier versions called it. */
const TEMPORARY = /^tmp(-.+)?$/;

/**
 * A name for a lock holder's temporary folder. Each holder has its own: the preparing child of one that was killed, or a holder that stood still while
 * its lock was taken over, then writes into nothing instead of among another's files.
 */
export function temporaryName(directory: string): string {
  return path.join(directory, `tmp-${process.pid}-${randomUUID().slice(0, 8)}`);
}

/** What killed holders left, and what the present one has. */
export async function temporaryFolders(directory: string): Promise<string[]> {
  return (await readdir(directory)).filter((name) => TEMPORARY.test(name)).map((name) => path.join(directory, name));
}

/** Only under the lock. */
export async function removeTemporaryFolders(directory: string): Promise<void> {
  for (const folder of await temporaryFolders(directory)) await rm(folder, { recursive: true, force: true, maxRetries: 3 });
}
