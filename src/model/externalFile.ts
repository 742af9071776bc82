import { open, type FileHandle } from "node:fs/promises";
import type { ExternalBytes } from "./onnx/graphBuilder";

/** Pages of memory-mapped weights begin at multiples of this. */
const PAGE_BYTES = 4096;

/** Writes weights one after the other into the graph's external data file, each from a page of its own so that the file can be memory-mapped. */
export class ExternalFile {
  private end = 0;

  private constructor(private readonly handle: FileHandle) {}

  /** @throws the file system's error where the file exists or cannot be made */
  static async create(path: string): Promise<ExternalFile> {
    return new ExternalFile(await open(path, "wx"));
  }

  /** @throws the file system's error, ENOSPC among them */
  async append(data: Float32Array | Int8Array | Uint16Array): Promise<ExternalBytes> {
    const offset = Math.ceil(this.end / PAGE_BYTES) * PAGE_BYTES;
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    for (let done = 0; done < bytes.length;) {
      const { bytesWritten } = await this.handle.write(bytes, done, Math.min(bytes.length - done, 1 << 26), offset + done);
      done += bytesWritten;
    }
    this.end = offset + bytes.length;
    return { offset, length: bytes.length };
  }

  /** Waits until the bytes are on the disk, then closes. */
  async finish(): Promise<void> {
    await this.handle.sync();
    await this.handle.close();
  }

  /** Closes without waiting; for a file that will be thrown away. */
  async abandon(): Promise<void> {
    await this.handle.close();
  }
}
