import assert from "node:assert/strict";
import fc from "fast-check";
import { quantizeByOutput, transpose } from "../../../src/model/quantize";

const matrix = fc.tuple(fc.integer({ min: 1, max: 130 }), fc.integer({ min: 1, max: 70 })).chain(([outputs, inputs]) =>
  fc.record({
    outputs: fc.constant(outputs),
    inputs: fc.constant(inputs),
    weights: fc.float32Array({
      minLength: outputs * inputs,
      maxLength: outputs * inputs,
      noNaN: true,
      noDefaultInfinity: true,
      min: -100,
      max: 100,
    }),
  }),
);

describe("int8 by output channel", () => {
  it("is off by at most half a step anywhere, and uses the whole range", () => {
    fc.assert(
      fc.property(matrix, ({ outputs, inputs, weights }) => {
        const { data, scales } = quantizeByOutput(weights, outputs, inputs);
        for (let o = 0; o < outputs; o++) {
          let largest = 0;
          for (let i = 0; i < inputs; i++) {
            const stored = data[i * outputs + o]!;
            largest = Math.max(largest, Math.abs(stored));
            const error = Math.abs(stored * scales[o]! - weights[o * inputs + i]!);
            assert.ok(error <= Math.max(scales[o]! * 0.5001, 1e-30), `${error} at ${o},${i}`);
          }
          const row = weights.subarray(o * inputs, (o + 1) * inputs);
          if (row.some((w) => Math.abs(w) > 1e-30)) assert.equal(largest, 127);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("keeps a row of zeros at zero, with scale 0", () => {
    const { data, scales } = quantizeByOutput(Float32Array.of(0, 0, 1, -2), 2, 2);
    assert.deepEqual([...data], [0, 64, 0, -127]);
    assert.equal(scales[0], 0);
  });

  it("does not change its input", () => {
    const weights = Float32Array.of(1, 2, 3, 4);
    quantizeByOutput(weights, 2, 2);
    assert.deepEqual([...weights], [1, 2, 3, 4]);
  });
});

describe("transpose", () => {
  it("puts row o, column i at row i, column o", () => {
    fc.assert(
      fc.property(matrix, ({ outputs, inputs, weights }) => {
        const transposed = transpose(weights, outputs, inputs);
        for (let o = 0; o < outputs; o++)
          for (let i = 0; i < inputs; i++) assert.equal(transposed[i * outputs + o], weights[o * inputs + i]);
      }),
      { numRuns: 30 },
    );
  });
});
