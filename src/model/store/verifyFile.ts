import { stat } from "node:fs/promises";
import { sha256OfFile } from "../sha256OfFile";
import { StoreError, type FileOrigin } from "./storeError";

export interface Expected {
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Size first, then sha256, before a byte of the file is parsed.
 * @throws StoreError wrongSize, wrongHash; the signal's reason; the system's error where it can't be read
 */
export async function verifyFile(
  file: string,
  expected: Expected,
  origin: FileOrigin,
  signal: AbortSignal,
  onBytes: (done: number) => void,
): Promise<void> {
  const wrongSize = (actualBytes: number) =>
    new StoreError({ kind: "wrongSize", file, origin, expectedBytes: expected.bytes, actualBytes });
  const { size } = await stat(file);
  if (size !== expected.bytes) throw wrongSize(size);
  const actualSha256 = await sha256OfFile(file, signal, (done) => {
    // It grows while it is read, maybe faster than that.
    if (done > expected.bytes) throw wrongSize(done);
    onBytes(done);
  });
  if (actualSha256 !== expected.sha256)
    throw new StoreError({ kind: "wrongHash", file, origin, expectedSha256: expected.sha256, actualSha256 });
}
