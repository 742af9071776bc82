import fc from "fast-check";
import { isOneMatrix } from "../../../src/model/isOneMatrix";

/** Rounded to `steps` steps on either side of 0, a row of 32 at a time, as block formats do it. */
function rounded(values: Float32Array, steps: number): Float32Array {
  return values.map((value, at) => {
    const block = values.subarray(at - (at % 32), at - (at % 32) + 32);
    const step = block.reduce((most, one) => Math.max(most, Math.abs(one)), 0) / steps;
    return step === 0 ? 0 : Math.round(value / step) * step;
  });
}

const matrix = fc
  .array(fc.float({ min: Math.fround(0.1), max: 1, noNaN: true }), { minLength: 64, maxLength: 256 })
  .chain((sizes) =>
    fc
      .array(fc.boolean(), { minLength: sizes.length, maxLength: sizes.length })
      .map((signs) => sizes.map((size, i) => (signs[i] ? size : -size))),
  )
  .map((values) => Float32Array.from(values));

describe("two matrices", () => {
  it("are one where they are the same numbers in 4 bits and in 8", () => {
    fc.assert(fc.property(matrix, (values) => isOneMatrix(rounded(values, 7), rounded(values, 127))));
  });

  it("are two where nothing ties their numbers, or they differ in size", () => {
    const of = (seed: number) => Float32Array.from({ length: 512 }, (_, i) => Math.sin(seed * 97 + i * (seed + 1.7)));
    fc.assert(fc.property(fc.integer({ min: 1, max: 50 }), (seed) => !isOneMatrix(of(seed), of(seed + 1))));
    fc.assert(
      fc.property(
        matrix,
        (values) =>
          !isOneMatrix(
            values,
            values.map((value) => -value),
          ) && !isOneMatrix(values, values.subarray(1)),
      ),
    );
  });
});
