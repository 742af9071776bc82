import assert from "node:assert/strict";
import { typeThrough } from "../../../src/completion/typeThrough";
import { drawn } from "./drawn";

const rest = (place: string, text: string, now: string) => {
  const { before, after } = drawn(now);
  return typeThrough({ ...drawn(place), text }, before, after);
};

describe("typeThrough", () => {
  it("shortens the answer by what was typed of it", () => {
    assert.deepEqual(rest("ret│\n", "urn a + b;", "return a│\n"), { text: " + b;", addedClosers: 0 });
  });
  it("gives nothing where something else was typed, the cursor moved back, or all is typed", () => {
    assert.equal(rest("ret│\n", "urn a;", "retry│\n"), undefined);
    assert.equal(rest("ret│\n", "urn a;", "re│t\n"), undefined);
    assert.equal(rest("ret│\n", "urn", "return│\n"), undefined);
  });
  it("gives nothing where the text behind the cursor changed", () => {
    assert.equal(rest("a = │\nb", "1 + 2", "a = 1│\nc"), undefined);
  });
  it("overlooks the closer that the editor set while its opener was typed", () => {
    assert.deepEqual(rest("x = │\n", "f(a, g(b))", "x = f(│)\n"), { text: "a, g(b))", addedClosers: 1 });
    assert.deepEqual(rest("x = │\n", "f(a, g(b))", "x = f(a, g(│))\n"), { text: "b))", addedClosers: 2 });
  });
  it("does not overlook a closer that the answer does not write", () => {
    assert.equal(rest("x = │\n", "f(a", "x = f(│)\n"), undefined);
  });
  it("overlooks what the closer pushes out of the window's end", () => {
    const answer = { before: "x", after: "\nabc", text: "(1)" };
    assert.deepEqual(typeThrough(answer, "x(", ")\nab"), { text: "1)", addedClosers: 1 });
    assert.equal(typeThrough(answer, "x(", ")\n"), undefined);
  });
});
