import assert from "node:assert/strict";
import { judgeProvider, type MeasuredPasses } from "../../../../src/model/runtime/provider/judgeProvider";

describe("judgeProvider", () => {
  const row = (...values: number[]): Float32Array => Float32Array.from(values);
  /** root mean square 5: a difference of 1.6 is allowed, and a tie within 0.25 */
  const CPU: MeasuredPasses = { rows1Ms: 20, rows8Ms: 30, sliceMs: 60, logits: [row(7, -5, 1, 5), row(-7, 5, -1, -5)] };
  const gpu = (change: Partial<MeasuredPasses>): MeasuredPasses => ({ ...CPU, rows8Ms: 10, ...change });

  it("takes what is a fifth faster and gives the same logits", () => {
    assert.equal(judgeProvider(CPU, gpu({ rows8Ms: 24 })), undefined);
    assert.equal(judgeProvider(CPU, gpu({ logits: [row(6, -4, 0, 4), row(-6, 6, 0, -6)] })), undefined);
  });
  it("refuses what is less than a fifth faster, and names both times", () =>
    assert.equal(judgeProvider(CPU, gpu({ rows8Ms: 24.1 })), "8 rows take 24.1 ms, on the CPU 30.0"));
  it("refuses logits that differ by more than int8 rounding", () =>
    assert.equal(judgeProvider(CPU, gpu({ logits: [CPU.logits[0]!, row(-7, 5, -1, -7)] })), "the logits of row 1 differ"));
  it("refuses NaN and infinities", () => {
    for (const bad of [Number.NaN, Infinity, -Infinity])
      assert.match(judgeProvider(CPU, gpu({ logits: [row(7, bad, 1, 5), CPU.logits[1]!] })) ?? "", /row 0 differ/);
  });
  it("refuses another likeliest token, unless the two tie", () => {
    const close: MeasuredPasses = { ...CPU, logits: [row(7, -5, 1, 6.9)] };
    assert.equal(judgeProvider(close, gpu({ logits: [row(6.5, -5, 1, 7)] })), undefined);
    assert.equal(judgeProvider(CPU, gpu({ logits: [row(5.9, -5, 1, 6), CPU.logits[1]!] })), "row 0 has another likeliest token");
  });
  it("refuses rows that are missing or of another length", () => {
    assert.match(judgeProvider(CPU, gpu({ logits: [CPU.logits[0]!] })) ?? "", /row 1 has 0 logits, not 4/);
    assert.match(judgeProvider(CPU, gpu({ logits: [row(7), CPU.logits[1]!] })) ?? "", /row 0 has 1 logits, not 4/);
  });
});
