/** A matrix as the integer product wants it: transposed, int8, one scale for each output. */
export interface QuantizedMatrix {
  /** [inputs, outputs] */
  readonly data: Int8Array;
  /** [outputs]; weight = data * scale */
  readonly scales: Float32Array;
}

/** A row whose largest weight is below this is a row of zeros; far above float32's subnormals, far below any weight that matters. */
const SMALLEST = 1e-30;

/**
 * Symmetric int8 by output channel: scale = max|w| / 127, so that 0 stays 0 and no zero point is needed. Does not change its input.
 * A row of zeros, or of numbers too small to divide by, gets scale 0.
 * @param weights [outputs, inputs], finite
 */
export function quantizeByOutput(weights: Float32Array, outputs: number, inputs: number): QuantizedMatrix {
  const scales = new Float32Array(outputs);
  const inverse = new Float32Array(outputs);
  for (let o = 0; o < outputs; o++) {
    let largest = 0;
    for (let i = o * inputs, end = i + inputs; i < end; i++) {
      const size = Math.abs(weights[i]!);
      if (size > largest) largest = size;
    }
    if (largest < SMALLEST) continue;
    scales[o] = largest / 127;
    inverse[o] = 127 / largest;
  }
  const data = new Int8Array(outputs * inputs);
  forEachTile(outputs, inputs, (o, i) => {
    const scaled = weights[o * inputs + i]! * inverse[o]!;
    data[i * outputs + o] = scaled < 0 ? scaled - 0.5 : scaled + 0.5; // storing truncates: this rounds half away from 0, within ±127
  });
  return { data, scales };
}

/** [outputs, inputs] → [inputs, outputs] */
export function transpose(weights: Float32Array, outputs: number, inputs: number): Float32Array {
  const out = new Float32Array(weights.length);
  forEachTile(outputs, inputs, (o, i) => {
    out[i * outputs + o] = weights[o * inputs + i]!;
  });
  return out;
}

/** Visits a matrix tile by tile, so that both its row-major and its column-major side stay in the processor's cache. */
function forEachTile(rows: number, columns: number, visit: (row: number, column: number) => void): void {
  const TILE = 64;
  for (let r0 = 0; r0 < rows; r0 += TILE) {
    const r1 = Math.min(rows, r0 + TILE);
    for (let c0 = 0; c0 < columns; c0 += TILE) {
      const c1 = Math.min(columns, c0 + TILE);
      for (let r = r0; r < r1; r++) for (let c = c0; c < c1; c++) visit(r, c);
    }
  }
}
