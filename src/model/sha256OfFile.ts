import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";

/** The file's sha256, 64 small hexadecimal digits. Rejects with the signal's reason when aborted, with the system's error when unreadable. */
export async function sha256OfFile(file: string, signal?: AbortSignal, onBytes?: (done: number) => void): Promise<string> {
  const hash = createHash("sha256");
  let done = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    done += chunk.length;
    onBytes?.(done);
    signal?.throwIfAborted();
  }
  return hash.digest("hex");
}
