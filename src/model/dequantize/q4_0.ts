import { F16_VALUES } from "./f16Values";

/** Block of 32: d f16, 16 bytes of two nibbles (first half low, second half high); d (q - 8). */
export function q4_0(bytes: Uint8Array, into: Float32Array): void {
  for (let at = 0, to = 0; to < into.length; at += 18, to += 32) {
    const d = F16_VALUES[bytes[at]! | (bytes[at + 1]! << 8)]!;
    for (let j = 0; j < 16; j++) {
      const q = bytes[at + 2 + j]!;
      into[to + j] = d * ((q & 15) - 8);
      into[to + 16 + j] = d * ((q >> 4) - 8);
    }
  }
}
