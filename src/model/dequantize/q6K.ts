import { F16_VALUES } from "./f16Values";

/**
 * Block of 256 in 16 groups: 128 bytes of low nibbles, 64 bytes of upper bit pairs, 16 signed scales, d f16; d scale (q - 32). Each half of the
 * block is four runs of 32 weights; a run is two groups.
 */
export function q6K(bytes: Uint8Array, into: Float32Array): void {
  for (let at = 0, to = 0; to < into.length; at += 210) {
    const d = F16_VALUES[bytes[at + 208]! | (bytes[at + 209]! << 8)]!;
    for (let group = 0; group < 16; group++, to += 16) {
      const scale = d * ((bytes[at + 192 + group]! << 24) >> 24);
      const half = group >> 3;
      const run = (group >> 1) & 3;
      const within = (group & 1) << 4;
      const low = at + (half << 6) + ((run & 1) << 5) + within;
      const lowShift = (run >> 1) << 2;
      const high = at + 128 + (half << 5) + within;
      const highShift = run << 1;
      for (let j = 0; j < 16; j++) {
        const q = ((bytes[low + j]! >> lowShift) & 15) | (((bytes[high + j]! >> highShift) & 3) << 4);
        into[to + j] = scale * (q - 32);
      }
    }
  }
}
