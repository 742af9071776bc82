import { F16_VALUES } from "./f16Values";

/** Block of 32: d f16, m f16, 4 bytes with the weights' fifth bits, 16 bytes of two nibbles (first half low, second half high); d q + m. */
export function q5_1(bytes: Uint8Array, into: Float32Array): void {
  for (let at = 0, to = 0; to < into.length; at += 24, to += 32) {
    const d = F16_VALUES[bytes[at]! | (bytes[at + 1]! << 8)]!;
    const m = F16_VALUES[bytes[at + 2]! | (bytes[at + 3]! << 8)]!;
    const high = bytes[at + 4]! | (bytes[at + 5]! << 8) | (bytes[at + 6]! << 16) | (bytes[at + 7]! << 24);
    for (let j = 0; j < 16; j++) {
      const q = bytes[at + 8 + j]!;
      into[to + j] = d * ((q & 15) | (((high >>> j) & 1) << 4)) + m;
      into[to + 16 + j] = d * ((q >> 4) | (((high >>> (j + 16)) & 1) << 4)) + m;
    }
  }
}
