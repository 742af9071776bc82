import assert from "node:assert/strict";
import { ineligible } from "../../../src/completion/ineligible";
import { drawn } from "./drawn";

const at = (line: string, invoked = false): string | undefined => {
  const { before, after } = drawn(line);
  return ineligible(before, after, invoked);
};

describe("ineligible", () => {
  it("admits the end of a line, blanks and closers after the cursor", () => {
    for (const line of ["│", "return │", "foo(│)", "foo({ a: │ });", 'print("│")', "x = [│],  "]) assert.equal(at(line), undefined, line);
  });
  it("refuses the inside of a word, also where its letters are not Latin", () => {
    assert.equal(at("re│turn"), "insideWord");
    assert.equal(at("straß│e"), "insideWord");
  });
  it("refuses a line where more than closers follows", () => {
    assert.equal(at("foo(│a, b)"), "textAfterCursor");
  });
  it("admits every place when asked for by key", () => {
    assert.equal(at("foo(│a, b)", true), undefined);
    assert.equal(at("re│turn", true), undefined);
  });
  it("looks at a line of 1 MB in a few milliseconds", () => {
    const line = "a".repeat(1_000_000);
    const started = performance.now();
    ineligible(line, line, false);
    ineligible(line, ` ${line}`, false);
    assert.ok(performance.now() - started < 50);
  });
});
