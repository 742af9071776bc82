import { F16_VALUES } from "./f16Values";

/**
 * Block of 256 in 16 groups: 32 bytes with the weights' third bits (bit k for the k-th 32 weights), 64 bytes of four 2-bit weights (as Q2_K),
 * 12 bytes of 6-bit scales (8 bytes of low nibbles, 4 of upper bit pairs), d f16; d (scale - 32) (q - 4).
 */
export function q3K(bytes: Uint8Array, into: Float32Array): void {
  for (let at = 0, to = 0; to < into.length; at += 110) {
    const d = F16_VALUES[bytes[at + 108]! | (bytes[at + 109]! << 8)]!;
    for (let group = 0; group < 16; group++, to += 16) {
      const low = (bytes[at + 96 + (group & 7)]! >> ((group >> 3) << 2)) & 15;
      const high = (bytes[at + 104 + (group & 3)]! >> ((group >> 2) << 1)) & 3;
      const scale = d * ((low | (high << 4)) - 32);
      const half = (group & 1) << 4;
      const from = at + 32 + ((group >> 3) << 5) + half;
      const shift = group & 6;
      const thirdBit = group >> 1;
      for (let j = 0; j < 16; j++) {
        const q = ((bytes[from + j]! >> shift) & 3) | (((bytes[at + half + j]! >> thirdBit) & 1) << 2);
        into[to + j] = scale * (q - 4);
      }
    }
  }
}
