import { TENSOR_TYPES, type TensorType } from "../dequantize/tensorTypes";
import type { Cursor } from "./cursor";
import { damaged } from "../damaged";
import type { GgufTensor } from "./gguf";

/** What an entry takes at least: a name's length, the number of dimensions, one dimension, a type, an offset. */
const ENTRY_BYTES = 8 + 4 + 8 + 4 + 8;
const MAX_TENSORS = 2 ** 16;
/** ggml's GGML_MAX_DIMS */
const MAX_DIMENSIONS = 4;
/** weights that one Float32Array is asked to hold */
const MAX_WEIGHTS = 2 ** 32 - 1;

const TYPE_BY_ID: ReadonlyMap<number, TensorType> = new Map(
  (Object.keys(TENSOR_TYPES) as TensorType[]).map((type) => [TENSOR_TYPES[type].id, type]),
);

/**
 * Reads the table of tensors, the header's end, and checks that each lies aligned within the rest of the file and that none overlap.
 * @param alignment bytes; the weights begin at its next multiple, and each tensor at one from there
 * @throws EngineError modelDamaged
 */
export function readTensorTable(cursor: Cursor, count: number | bigint, alignment: number): Map<string, GgufTensor> {
  const { file } = cursor;
  if (count > Math.min(MAX_TENSORS, cursor.leftBytes / ENTRY_BYTES))
    throw damaged(file, `it counts ${count} tensors, more than it has room for`);
  const entries: GgufTensor[] = [];
  for (let index = 0; index < Number(count); index++) entries.push(readEntry(cursor, alignment));

  const weightsAt = Math.ceil(cursor.position / alignment) * alignment;
  const tensors = new Map<string, GgufTensor>();
  for (const entry of entries) {
    const tensor = { ...entry, offset: weightsAt + entry.offset };
    if (tensors.has(tensor.name)) throw damaged(file, `the tensor ${JSON.stringify(tensor.name)} occurs twice`);
    if (tensor.offset + tensor.bytes > cursor.fileBytes)
      throw damaged(file, `the tensor ${JSON.stringify(tensor.name)} lies beyond its end`);
    tensors.set(tensor.name, tensor);
  }
  const inOrder = [...tensors.values()].sort((a, b) => a.offset - b.offset);
  for (const [index, tensor] of inOrder.entries()) {
    const next = inOrder[index + 1];
    if (next !== undefined && next.offset < tensor.offset + tensor.bytes)
      throw damaged(file, `the tensors ${JSON.stringify(tensor.name)} and ${JSON.stringify(next.name)} overlap`);
  }
  return tensors;
}

/** One entry; its offset counts from where the weights begin. */
function readEntry(cursor: Cursor, alignment: number): GgufTensor {
  const { file } = cursor;
  const name = cursor.string();
  const called = `the tensor ${JSON.stringify(name.slice(0, 64))}`;
  const dimensions = cursor.u32();
  if (dimensions < 1 || dimensions > MAX_DIMENSIONS) throw damaged(file, `${called} has ${dimensions} dimensions`);
  const shape: number[] = [];
  let weights = 1;
  for (let axis = 0; axis < dimensions; axis++) {
    const size = cursor.u64();
    if (typeof size === "bigint" || size < 1 || size > MAX_WEIGHTS / weights) throw damaged(file, `${called} has a dimension of ${size}`);
    shape.push(size);
    weights *= size;
  }
  const typeId = cursor.u32();
  const type = TYPE_BY_ID.get(typeId);
  if (type === undefined) throw damaged(file, `${called} has the type ${typeId}, which is not read`);
  const { blockWeights, blockBytes } = TENSOR_TYPES[type];
  if (shape[0]! % blockWeights !== 0) throw damaged(file, `${called} has rows of ${shape[0]} weights, not whole blocks of ${type}`);
  const offset = cursor.u64();
  if (typeof offset === "bigint" || offset % alignment !== 0) throw damaged(file, `${called} is not aligned`);
  return { name, shape, type, offset, bytes: (weights / blockWeights) * blockBytes };
}
