/**
 * The order of query heads that makes attention strided: the graph wants heads group-minor, so that the rows of all heads that share a key/value head
 * lie evenly spaced and a batched product over the groups needs no transposed copy. Files have them group-major.
 *
 * Letters: Q query heads, G groups (key/value heads), D head size.
 */

/** [Q*D] → for each position of the graph's order, the file's row (of the query matrix) or column (of the attention output). */
export function groupMinorOrder(heads: number, groups: number, headSize: number): Int32Array {
  const perGroup = heads / groups;
  const order = new Int32Array(heads * headSize);
  for (let j = 0; j < perGroup; j++) {
    for (let g = 0; g < groups; g++) {
      const to = (j * groups + g) * headSize;
      const from = (g * perGroup + j) * headSize;
      for (let d = 0; d < headSize; d++) order[to + d] = from + d;
    }
  }
  return order;
}

/**
 * llama's GGUF files store each head's rows as pairs (0, D/2), (1, D/2+1) …; the graph turns halves. [heads*D] → for each row in halves, the file's row.
 * Source: llama.cpp, convert_hf_to_gguf.py, `permute`.
 */
export function unpermutedOrder(heads: number, headSize: number): Int32Array {
  const order = new Int32Array(heads * headSize);
  const pairs = headSize / 2;
  for (let h = 0; h < heads; h++) {
    for (let half = 0; half < 2; half++) {
      for (let i = 0; i < pairs; i++) order[h * headSize + half * pairs + i] = h * headSize + 2 * i + half;
    }
  }
  return order;
}

/** Rows of `matrix` [order.length, columns] in the given order, as a new array. */
export function takeRows(matrix: Float32Array, order: Int32Array, columns: number): Float32Array {
  const out = new Float32Array(order.length * columns);
  order.forEach((from, to) => out.set(matrix.subarray(from * columns, (from + 1) * columns), to * columns));
  return out;
}

/** Columns of `matrix` [rows, order.length] in the given order, as a new array. */
export function takeColumns(matrix: Float32Array, order: Int32Array): Float32Array {
  const columns = order.length;
  const out = new Float32Array(matrix.length);
  for (let start = 0; start < matrix.length; start += columns) {
    for (let to = 0; to < columns; to++) out[start + to] = matrix[start + order[to]!]!;
  }
  return out;
}
