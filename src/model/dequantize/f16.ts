import { F16_VALUES } from "./f16Values";

export function f16(bytes: Uint8Array, into: Float32Array): void {
  for (let index = 0; index < into.length; index++) into[index] = F16_VALUES[bytes[2 * index]! | (bytes[2 * index + 1]! << 8)]!;
}
