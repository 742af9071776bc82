import { F16_VALUES } from "./f16Values";
import { packedMinimum, packedScale } from "./packedScales";

/**
 * Block of 256 in 8 groups: d f16, dmin f16, 12 bytes of packed 6-bit scales and minima, 32 bytes with the weights' fifth bits (bit k for
 * group k), 128 bytes of two nibbles (as Q4_K); d scale q - dmin minimum.
 */
export function q5K(bytes: Uint8Array, into: Float32Array): void {
  for (let at = 0, to = 0; to < into.length; at += 176) {
    const d = F16_VALUES[bytes[at]! | (bytes[at + 1]! << 8)]!;
    const dMin = F16_VALUES[bytes[at + 2]! | (bytes[at + 3]! << 8)]!;
    for (let group = 0; group < 8; group++, to += 32) {
      const scale = d * packedScale(bytes, at + 4, group);
      const minimum = dMin * packedMinimum(bytes, at + 4, group);
      const from = at + 48 + ((group >> 1) << 5);
      const shift = (group & 1) << 2;
      for (let j = 0; j < 32; j++) {
        const q = ((bytes[from + j]! >> shift) & 15) | (((bytes[at + 16 + j]! >> group) & 1) << 4);
        into[to + j] = scale * q - minimum;
      }
    }
  }
}
