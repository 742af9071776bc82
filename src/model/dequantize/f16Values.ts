/** The value of each of the 65,536 half-precision floats (IEEE 754 binary16), by its bits. */
export const F16_VALUES: Float32Array = makeTable();

function makeTable(): Float32Array {
  const values = new Float32Array(0x10000);
  for (let bits = 0; bits < 0x8000; bits++) {
    const exponent = bits >> 10;
    const fraction = bits & 0x3ff;
    const value =
      exponent === 0
        ? fraction * 2 ** -24
        : exponent === 31
          ? fraction === 0
            ? Infinity
            : NaN
          : (1 + fraction / 1024) * 2 ** (exponent - 15);
    values[bits] = value;
    values[bits | 0x8000] = -value;
  }
  return values;
}
