import { damaged } from "./damaged";
import type { Gguf, GgufValue } from "./gguf/gguf";

/** The sizes of a decoder, read from a GGUF's metadata. */
export interface Architecture {
  readonly layers: number;
  readonly width: number;
  readonly heads: number;
  readonly kvHeads: number;
  readonly headSize: number;
  readonly feedForward: number;
  readonly rmsEpsilon: number;
  /** Wavelengths of the rotary positions: angle of pair j at position p is p / ropeTheta^(2j/headSize) / ropeDivisors[j]. */
  readonly ropeTheta: number;
  /** [headSize/2]; all 1 without scaling */
  readonly ropeDivisors: Float32Array;
  /** true: the file's query and key rows are permuted so that a pair's halves are neighbours (llama's GGUF files, not qwen2's) */
  readonly permutedHeads: boolean;
  /** positions that the graph has room for */
  readonly contextLength: number;
  /** size of the vocabulary after pruning */
  readonly vocabularySize: number;
}

/** No request needs more positions than this, and the table of angles is as long as it says. */
const MOST_POSITIONS = 8192;

/**
 * @param vocabularySize after pruning
 * @throws EngineError modelDamaged: an architecture, a rope scaling or sizes that this graph does not know, by name
 */
export async function readArchitecture(gguf: Gguf, file: string, vocabularySize: number): Promise<Architecture> {
  const refuse = (detail: string): never => {
    throw damaged(file, detail);
  };
  const kind = gguf.metadata.get("general.architecture");
  if (kind !== "qwen2" && kind !== "llama") return refuse(`its architecture is ${show(kind)}; qwen2 and llama are known`);
  const number = (key: string, otherwise?: number): number => {
    const value = gguf.metadata.get(`${kind}.${key}`);
    const asNumber = typeof value === "bigint" ? Number(value) : value;
    if (asNumber === undefined && otherwise !== undefined) return otherwise;
    if (typeof asNumber !== "number" || !Number.isFinite(asNumber) || asNumber <= 0)
      return refuse(`${kind}.${key} is ${show(value)}, not a positive number`);
    return asNumber;
  };
  const whole = (key: string, most: number, otherwise?: number): number => {
    const value = number(key, otherwise);
    if (!Number.isInteger(value) || value > most) return refuse(`${kind}.${key} is ${value}, not a whole number up to ${most}`);
    return value;
  };

  const layers = whole("block_count", 512);
  const width = whole("embedding_length", 65536);
  const heads = whole("attention.head_count", 1024);
  const kvHeads = whole("attention.head_count_kv", 1024, heads);
  const headSize = whole("attention.key_length", 1024, width / heads);
  if (heads % kvHeads !== 0) refuse(`${heads} heads cannot share ${kvHeads} key/value heads`);
  if (headSize % 2 !== 0) refuse(`a head of size ${headSize} cannot turn in pairs`);
  if (number("attention.value_length", headSize) !== headSize) refuse("keys and values of different size are not known");
  if (number("rope.dimension_count", headSize) !== headSize) refuse("rotary positions on a part of the head are not known");

  return {
    layers,
    width,
    heads,
    kvHeads,
    headSize,
    feedForward: whole("feed_forward_length", 1 << 20),
    rmsEpsilon: number("attention.layer_norm_rms_epsilon"),
    ropeTheta: number("rope.freq_base", 10000),
    ropeDivisors: await readRopeDivisors(gguf, kind, headSize, refuse),
    permutedHeads: kind === "llama",
    contextLength: Math.min(MOST_POSITIONS, whole("context_length", 1 << 30)),
    vocabularySize,
  };
}

/** Rope scalings known: none, linear (one factor), and llama 3's (a tensor of factors, one for each pair). */
async function readRopeDivisors(gguf: Gguf, kind: string, headSize: number, refuse: (detail: string) => never): Promise<Float32Array> {
  const pairs = headSize / 2;
  const type = gguf.metadata.get(`${kind}.rope.scaling.type`) ?? "none";
  if (type !== "none" && type !== "linear") return refuse(`its rope scaling is ${show(type)}; none and linear are known`);
  if (gguf.tensors.has("rope_freqs.weight")) {
    const factors = await gguf.readTensor("rope_freqs.weight");
    return factors.length === pairs ? factors : refuse(`rope_freqs.weight has ${factors.length} factors for ${pairs} pairs`);
  }
  const factor = type === "linear" ? gguf.metadata.get(`${kind}.rope.scaling.factor`) : 1;
  if (typeof factor !== "number" || !(factor > 0)) return refuse(`its linear rope scaling has the factor ${show(factor)}`);
  return new Float32Array(pairs).fill(factor);
}

function show(value: GgufValue | undefined): string {
  if (value === undefined) return "missing";
  return typeof value === "object" ? "a list" : JSON.stringify(String(value)).slice(0, 60);
}
