/**
 * The eight 6-bit scales and minima that Q4_K and Q5_K pack into 12 bytes: the first four scales and minima are the low six bits of bytes 0-3 and
 * 4-7; the last four have their low nibbles in bytes 8-11 (scale low, minimum high) and their upper two bits on top of the first four.
 * (`get_scale_min_k4` of ggml-quants.c.)
 * @param at of the 12 bytes
 * @param group in [0, 8)
 */
export function packedScale(bytes: Uint8Array, at: number, group: number): number {
  if (group < 4) return bytes[at + group]! & 63;
  return (bytes[at + group + 4]! & 15) | ((bytes[at + group - 4]! >> 6) << 4);
}

/** See `packedScale`. */
export function packedMinimum(bytes: Uint8Array, at: number, group: number): number {
  if (group < 4) return bytes[at + group + 4]! & 63;
  return (bytes[at + group + 4]! >> 4) | ((bytes[at + group]! >> 6) << 4);
}
