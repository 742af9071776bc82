import assert from "node:assert/strict";
import fc from "fast-check";
import { isSubsequence } from "../../../src/completion/isVisible";
import { writtenClosers } from "../../../src/completion/writtenClosers";

describe("writtenClosers", () => {
  it("counts what the text closes of what stands behind the cursor", () => {
    assert.equal(writtenClosers('a",', '")'), 1);
    assert.equal(writtenClosers('a", x)', '")'), 2);
    assert.equal(writtenClosers("a)", ")"), 1);
  });
  it("counts nothing that closes what the text itself has opened", () => {
    assert.equal(writtenClosers("g(a)", ")"), 0);
    assert.equal(writtenClosers('x, "b"', '"'), 1);
    assert.equal(writtenClosers("[a]", "])"), 0);
    assert.equal(writtenClosers("f(')')", ")"), 0);
    assert.equal(writtenClosers('a\\"b', '"'), 0);
  });
  it("counts no more than there are, and only what the text holds in order (2,000 random texts)", () => {
    const code = fc.string({ unit: fc.constantFrom(..."ab()[]{}\"'\\,".split("")), maxLength: 14 });
    fc.assert(
      fc.property(code, fc.constantFrom(")", '")', "])", "})", "'", ""), (text, closers) => {
        const count = writtenClosers(text, closers);
        assert.ok(count >= 0 && count <= closers.length);
        assert.ok(isSubsequence(closers.slice(0, count), text));
      }),
      { numRuns: 2_000 },
    );
  });
});
