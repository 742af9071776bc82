import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { F16_VALUES } from "../../../../src/model/dequantize/f16Values";
import type { TensorType } from "../../../../src/model/dequantize/tensorTypes";
import { openGguf } from "../../../../src/model/gguf/openGguf";

const FIXTURES = path.join(__dirname, "../../../fixtures/model");
/** as make_dequantize_reference.py has them */
const TYPES: readonly TensorType[] = ["F32", "F16", "BF16", "Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q8_0", "Q2_K", "Q3_K", "Q4_K", "Q5_K", "Q6_K"];
const ROWS = 3;
const WIDTH = 512;

describe("dequantize", () => {
  const expected = readFileSync(path.join(FIXTURES, "dequantize.reference.f32"));
  for (const [index, type] of TYPES.entries())
    it(`gives the very floats that the reference gives for ${type}`, async () => {
      const gguf = await openGguf(path.join(FIXTURES, "dequantize.gguf"));
      try {
        const bytes = ROWS * WIDTH * 4;
        const values = await gguf.readTensor(type);
        strictEqual(values.length, ROWS * WIDTH);
        deepStrictEqual(Buffer.from(values.buffer), expected.subarray(index * bytes, (index + 1) * bytes));
      } finally {
        await gguf.close();
      }
    });

  it("knows every half-precision float", () => {
    deepStrictEqual(
      [0x0000, 0x0001, 0x03ff, 0x0400, 0x3c00, 0x3555, 0x7bff, 0x7c00, 0xfc00, 0x8000].map((bits) => F16_VALUES[bits]),
      [0, 2 ** -24, 1023 * 2 ** -24, 2 ** -14, 1, 0.333251953125, 65504, Infinity, -Infinity, -0],
    );
    strictEqual(Number.isNaN(F16_VALUES[0x7c01]), true);
  });
});
