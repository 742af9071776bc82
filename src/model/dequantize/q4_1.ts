import { F16_VALUES } from "./f16Values";

/** Block of 32: d f16, m f16, 16 bytes of two nibbles (first half low, second half high); d q + m. */
export function q4_1(bytes: Uint8Array, into: Float32Array): void {
  for (let at = 0, to = 0; to < into.length; at += 20, to += 32) {
    const d = F16_VALUES[bytes[at]! | (bytes[at + 1]! << 8)]!;
    const m = F16_VALUES[bytes[at + 2]! | (bytes[at + 3]! << 8)]!;
    for (let j = 0; j < 16; j++) {
      const q = bytes[at + 4 + j]!;
      into[to + j] = d * (q & 15) + m;
      into[to + 16 + j] = d * (q >> 4) + m;
    }
  }
}
