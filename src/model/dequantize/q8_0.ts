import { F16_VALUES } from "./f16Values";

/** Block of 32: d f16, 32 signed bytes; d q. */
export function q8_0(bytes: Uint8Array, into: Float32Array): void {
  for (let at = 0, to = 0; to < into.length; at += 34, to += 32) {
    const d = F16_VALUES[bytes[at]! | (bytes[at + 1]! << 8)]!;
    for (let j = 0; j < 32; j++) into[to + j] = d * ((bytes[at + 2 + j]! << 24) >> 24);
  }
}
