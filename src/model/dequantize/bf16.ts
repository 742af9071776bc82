/** The upper half of a float's bits. */
export function bf16(bytes: Uint8Array, into: Float32Array): void {
  const bits = new Uint32Array(into.buffer, into.byteOffset, into.length);
  for (let index = 0; index < bits.length; index++) bits[index] = (bytes[2 * index]! << 16) | (bytes[2 * index + 1]! << 24);
}
