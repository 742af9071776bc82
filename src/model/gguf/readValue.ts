import type { Cursor } from "./cursor";
import { damaged } from "../damaged";
import type { GgufValue } from "./gguf";

/** Arrays in arrays; no real file has any. */
const MAX_DEPTH = 4;
/** Values in one array; the largest vocabularies have some 260,000 tokens. Small numbers take more room in memory than in the file. */
const MAX_ARRAY = 4 * 2 ** 20;

interface ValueType {
  /** least bytes that a value takes */
  readonly bytes: number;
  readonly read: (cursor: Cursor, depth: number) => GgufValue;
}

/** By number in the file: `enum gguf_metadata_value_type`. */
const VALUE_TYPES: readonly ValueType[] = [
  { bytes: 1, read: (cursor) => cursor.u8() },
  { bytes: 1, read: (cursor) => cursor.i8() },
  { bytes: 2, read: (cursor) => cursor.u16() },
  { bytes: 2, read: (cursor) => cursor.i16() },
  { bytes: 4, read: (cursor) => cursor.u32() },
  { bytes: 4, read: (cursor) => cursor.i32() },
  { bytes: 4, read: (cursor) => cursor.f32() },
  { bytes: 1, read: readBoolean },
  { bytes: 8, read: (cursor) => cursor.string() },
  { bytes: 12, read: readArray },
  { bytes: 8, read: (cursor) => cursor.u64() },
  { bytes: 8, read: (cursor) => cursor.i64() },
  { bytes: 8, read: (cursor) => cursor.f64() },
];

/**
 * A metadata value: its type in 4 bytes, then itself.
 * @throws EngineError modelDamaged
 */
export function readValue(cursor: Cursor): GgufValue {
  return typeOf(cursor).read(cursor, 0);
}

function typeOf(cursor: Cursor): ValueType {
  const id = cursor.u32();
  const type = VALUE_TYPES[id];
  if (type === undefined) throw damaged(cursor.file, `a metadata value has the unknown type ${id}`);
  return type;
}

function readBoolean(cursor: Cursor): boolean {
  const byte = cursor.u8();
  if (byte > 1) throw damaged(cursor.file, `a boolean of its metadata is ${byte}`);
  return byte === 1;
}

function readArray(cursor: Cursor, depth: number): GgufValue[] {
  if (depth === MAX_DEPTH) throw damaged(cursor.file, `its metadata nests arrays more than ${MAX_DEPTH} deep`);
  const type = typeOf(cursor);
  const count = cursor.count(type.bytes, "values in an array");
  if (count > MAX_ARRAY) throw damaged(cursor.file, `an array of its metadata has ${count} values`);
  const values: GgufValue[] = [];
  for (let index = 0; index < count; index++) values.push(type.read(cursor, depth + 1));
  return values;
}
