import assert from "node:assert/strict";
import { toFloat16 } from "../../../src/model/float16";

/** What a half's bits mean, by the definition. */
function valueOf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const mantissa = bits & 1023;
  if (exponent === 31) return mantissa ? NaN : sign * Infinity;
  return exponent === 0 ? sign * mantissa * 2 ** -24 : sign * (1 + mantissa / 1024) * 2 ** (exponent - 15);
}

describe("float32 to half", () => {
  it("returns every finite half to its own bits", () => {
    for (let bits = 0; bits < 0x10000; bits++) {
      const value = valueOf(bits);
      if (!Number.isFinite(value)) continue;
      assert.equal(toFloat16(Float32Array.of(value))[0], bits, `bits ${bits}`);
    }
  });

  it("rounds to the nearer half, and in the middle to the even one", () => {
    for (let bits = 0; bits < 0x7bff; bits++) {
      const below = valueOf(bits);
      const above = valueOf(bits + 1);
      const middle = (below + above) / 2; // exact in float32: a half has 11 bits
      const [down, tie, up] = toFloat16(Float32Array.of(below + (above - below) * 0.25, middle, below + (above - below) * 0.75));
      assert.deepEqual([down, tie, up], [bits, bits & 1 ? bits + 1 : bits, bits + 1], `between ${bits} and the next`);
    }
  });

  it("saturates instead of becoming infinite, and keeps NaN", () => {
    const [high, low, infinite, nan] = toFloat16(Float32Array.of(65520, -1e30, Infinity, NaN));
    assert.deepEqual([valueOf(high!), valueOf(low!), valueOf(infinite!)], [65504, -65504, 65504]);
    assert.ok(Number.isNaN(valueOf(nan!)));
  });
});
