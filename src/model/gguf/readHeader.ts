import { Cursor } from "./cursor";
import { damaged } from "../damaged";
import type { Gguf, GgufValue } from "./gguf";
import { readTensorTable } from "./readTensorTable";
import { readValue } from "./readValue";

const MAGIC = 0x46554747; // "GGUF"
/** What a metadata entry takes at least: a name's length, a type, a value. */
const ENTRY_BYTES = 8 + 4 + 1;
const DEFAULT_ALIGNMENT = 32;

/**
 * Reads and checks all that stands before the weights.
 * @throws EngineError modelDamaged
 */
export function readHeader(descriptor: number, file: string, fileBytes: number): Pick<Gguf, "metadata" | "tensors"> {
  const cursor = new Cursor(descriptor, file, fileBytes);
  if (fileBytes < 4 || cursor.u32() !== MAGIC) throw damaged(file, "it is not a GGUF file");
  const version = cursor.u32();
  if (version === 0x02000000 || version === 0x03000000) throw damaged(file, "it is a big-endian GGUF file, which is not read");
  if (version !== 2 && version !== 3) throw damaged(file, `it is a GGUF file of version ${version}, and only 2 and 3 are read`);
  const tensorCount = cursor.u64();
  const entryCount = cursor.count(ENTRY_BYTES, "metadata entries");

  const metadata = new Map<string, GgufValue>();
  for (let entry = 0; entry < entryCount; entry++) {
    const key = cursor.string();
    if (metadata.has(key)) throw damaged(file, `the metadata entry ${JSON.stringify(key)} occurs twice`);
    metadata.set(key, readValue(cursor));
  }
  return { metadata, tensors: readTensorTable(cursor, tensorCount, alignmentOf(metadata, file)) };
}

function alignmentOf(metadata: ReadonlyMap<string, GgufValue>, file: string): number {
  const alignment = metadata.get("general.alignment") ?? DEFAULT_ALIGNMENT;
  const powerOfTwo = typeof alignment === "number" && alignment >= 1 && alignment <= 2 ** 20 && Number.isInteger(Math.log2(alignment));
  if (!powerOfTwo) throw damaged(file, `its general.alignment is not a power of two up to 2^20`);
  return alignment;
}
