import assert from "node:assert/strict";
import fc from "fast-check";
import { CUTS, cutAnswer } from "../../eval/cuts";

const problem = fc.record({ suffix: fc.string(), target: fc.string() });
const text = fc.array(fc.constantFrom("a", " ", "\n", "return x"), { maxLength: 12 }).map((parts) => parts.join(""));

describe("how an answer is cut", () => {
  it("whole is as it came", () => fc.assert(fc.property(text, problem, (answer, at) => cutAnswer("whole", answer, at) === answer)));

  it("by length is a head of it, never longer than what is missing", () =>
    fc.assert(
      fc.property(text, problem, (answer, at) => {
        const cut = cutAnswer("length", answer, at);
        return answer.startsWith(cut) && cut.length <= at.target.length;
      }),
    ));

  it("at the line is a head of it, with one line that holds something at most", () =>
    fc.assert(
      fc.property(text, problem, (answer, at) => {
        const cut = cutAnswer("line", answer, at);
        return answer.startsWith(cut) && cut.split("\n").filter((line) => line.trim() !== "").length <= 1;
      }),
    ));

  it("at the line ends that line where another follows, and leaves it open where its own goes on", () => {
    assert.equal(cutAnswer("line", "x = 1\ny = 2", { suffix: "\nz = 3", target: "" }), "x = 1");
    assert.equal(cutAnswer("line", "x = 1\ny = 2", { suffix: "z = 3", target: "" }), "x = 1\n");
    assert.equal(cutAnswer("line", "\n  x = 1\ny", { suffix: "\n", target: "" }), "\n  x = 1");
  });

  it("at the line leaves alone what is within one, and what holds nothing", () => {
    for (const suffix of [")", "\n", ""])
      for (const answer of ["a, b", "\n\n", "", "\n a"]) assert.equal(cutAnswer("line", answer, { suffix, target: "" }), answer);
  });

  it("the target survives each cut but the line's", () =>
    fc.assert(
      fc.property(text, fc.string(), (target, suffix) =>
        CUTS.filter((cut) => cut !== "line").every((cut) => cutAnswer(cut, target, { suffix, target }) === target),
      ),
    ));
});
