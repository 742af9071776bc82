import { F16_VALUES } from "./f16Values";

/**
 * Block of 256 in 16 groups: 16 bytes with a scale (low nibble) and a minimum (high nibble) per group, 64 bytes of four 2-bit weights, d f16,
 * dmin f16; d scale q - dmin minimum. Each 32 bytes of weights serve 128 weights, two bits at a time.
 */
export function q2K(bytes: Uint8Array, into: Float32Array): void {
  for (let at = 0, to = 0; to < into.length; at += 84) {
    const d = F16_VALUES[bytes[at + 80]! | (bytes[at + 81]! << 8)]!;
    const dMin = F16_VALUES[bytes[at + 82]! | (bytes[at + 83]! << 8)]!;
    for (let group = 0; group < 16; group++, to += 16) {
      const scale = d * (bytes[at + group]! & 15);
      const minimum = dMin * (bytes[at + group]! >> 4);
      const from = at + 16 + ((group >> 3) << 5) + ((group & 1) << 4);
      const shift = group & 6;
      for (let j = 0; j < 16; j++) into[to + j] = scale * ((bytes[from + j]! >> shift) & 3) - minimum;
    }
  }
}
