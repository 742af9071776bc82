/** The same passes, measured on one provider. */
export interface MeasuredPasses {
  /** medians: passes of 1 and of 8 rows over 256 tokens, and the reading of a slice of 64 */
  readonly rows1Ms: number;
  readonly rows8Ms: number;
  readonly sliceMs: number;
  /** [V] of each row that was asked for, over one pass of each kind */
  readonly logits: readonly Float32Array[];
}

/** So much of the CPU's time a pass of 8 rows may take: below it a GPU is worth its memory and its warmth. */
const MOST_OF_CPU_TIME = 0.8;
/**
 * int8 activations turn the least difference of a sum into a whole step. Between kernels that are all exact in their products (VNNI, AVX2, SSE, WebAssembly),
 * 32 rows of the 0.5B model differ by 0.20 of the logits' root mean square at most, and take another first token only where the two are 0.023 apart;
 * products that saturate differ by 0.55.
 */
const MOST_DIFFERENCE = 1 / 3;
const MOST_TIE = 1 / 20;

/** @returns why the provider is not to be used, in one clause; undefined where it is to be. Changes nothing, throws nothing */
export function judgeProvider(cpu: MeasuredPasses, provider: MeasuredPasses): string | undefined {
  for (const [row, expected] of cpu.logits.entries()) {
    const got = provider.logits[row];
    if (got?.length !== expected.length) return `row ${row} has ${got?.length ?? 0} logits, not ${expected.length}`;
    const scale = rootMeanSquare(expected);
    // Written so that NaN is refused.
    if (!(largestDifference(expected, got) <= MOST_DIFFERENCE * scale)) return `the logits of row ${row} differ`;
    if (expected[first(expected)]! - expected[first(got)]! > MOST_TIE * scale) return `row ${row} has another likeliest token`;
  }
  if (provider.rows8Ms <= MOST_OF_CPU_TIME * cpu.rows8Ms) return undefined;
  return `8 rows take ${provider.rows8Ms.toFixed(1)} ms, on the CPU ${cpu.rows8Ms.toFixed(1)}`;
}

function rootMeanSquare(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  return a.reduce((most, value, index) => Math.max(most, Math.abs(value - b[index]!)), 0);
}

function first(values: Float32Array): number {
  return values.reduce((best, value, index) => (value > values[best]! ? index : best), 0);
}
