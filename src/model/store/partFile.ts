import { lstat, open, readFile, rm, writeFile, type FileHandle } from "node:fs/promises";
import { errorCode } from "./errorCode";

/** How files are opened, so that tests can fill the disk. */
export type OpenFile = (file: string, flags: string) => Promise<Pick<FileHandle, "write" | "sync" | "close">>;

/** RFC 9110, 8.8.3, of visible ASCII: what else a server may send is not worth the trouble. */
const STRONG_ETAG = /^"[!#-~]*"$/;

/**
 * What has come of a file so far, and the ETag it came under: `<name>.part` and `<name>.part.etag`. It outlives a killed process; whether it is
 * right is for the hash of the whole to say.
 */
export class PartFile {
  constructor(
    readonly path: string,
    private readonly openFile: OpenFile = open,
  ) {}

  private get etagPath(): string {
    return `${this.path}.etag`;
  }

  /** 0 where there is none, and where something else has its name: a folder, a link. That goes when the file is begun. */
  async bytes(): Promise<number> {
    try {
      const status = await lstat(this.path);
      return status.isFile() ? status.size : 0;
    } catch (error) {
      if (errorCode(error) === "ENOENT") return 0;
      throw error;
    }
  }

  /** The strong ETag of the bytes so far; undefined also where a killed process wrote but half of it. */
  async etag(): Promise<string | undefined> {
    try {
      const text = await readFile(this.etagPath, "utf8");
      return STRONG_ETAG.test(text) ? text : undefined;
    } catch (error) {
      if (["ENOENT", "EISDIR", "ELOOP"].includes(errorCode(error) ?? "")) return undefined;
      throw error;
    }
  }

  /** Empties it. A weak ETag (W/…) is not kept: it does not promise the same bytes. */
  async startOver(etag: string | null): Promise<void> {
    await this.remove();
    if (etag !== null && STRONG_ETAG.test(etag)) await writeFile(this.etagPath, etag);
  }

  /** @param onChunk called before each chunk is written, of so many bytes */
  async append(chunks: AsyncIterable<Uint8Array>, onChunk: (bytes: number) => Promise<void>): Promise<void> {
    const handle = await this.openFile(this.path, "a");
    try {
      for await (const chunk of chunks) {
        await onChunk(chunk.byteLength);
        for (let at = 0; at < chunk.byteLength;) at += (await handle.write(chunk, at)).bytesWritten;
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
  }

  async remove(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
    await this.removeEtag();
  }

  async removeEtag(): Promise<void> {
    await rm(this.etagPath, { recursive: true, force: true });
  }
}
