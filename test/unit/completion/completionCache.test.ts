import assert from "node:assert/strict";
import { CompletionCache, type CachedAnswer } from "../../../src/completion/completionCache";

const answer = (before: string, text: string, more: Partial<CachedAnswer> = {}): CachedAnswer => ({
  key: "k",
  kind: "line",
  before,
  after: "\n",
  text,
  tokens: [],
  forks: [],
  endsLine: true,
  shownChars: 0,
  fits: true,
  isPartial: false,
  ...more,
});

describe("CompletionCache", () => {
  it("finds an answer at its place and after its head was typed", () => {
    const cache = new CompletionCache();
    cache.put(answer("a", "bcd"));
    assert.equal(cache.find("k", "a", "\n", "line")?.rest.text, "bcd");
    assert.equal(cache.find("k", "ab", "\n", "line")?.rest.text, "cd");
  });
  it("knows no answer of another document, other settings or another suffix", () => {
    const cache = new CompletionCache();
    cache.put(answer("a", "bcd"));
    assert.equal(cache.find("other", "a", "\n", "line"), undefined);
    assert.equal(cache.find("k", "a", "\nx", "line"), undefined);
  });
  it("remembers that nothing belongs at a place, but only there", () => {
    const cache = new CompletionCache();
    cache.put(answer("a", "", { dropped: "equalsNextLine" }));
    assert.equal(cache.find("k", "a", "\n", "line")?.answer.dropped, "equalsNextLine");
    assert.equal(cache.find("k", "ab", "\n", "line"), undefined);
  });
  it("gives a partial answer while it is typed, but asks anew where it was made and where only blanks are left of it", () => {
    const cache = new CompletionCache();
    cache.put(answer("a", "bc ", { isPartial: true }));
    assert.equal(cache.find("k", "a", "\n", "line"), undefined);
    assert.equal(cache.find("k", "a", "\n", "line", true)?.rest.text, "bc ");
    assert.equal(cache.find("k", "ab", "\n", "line")?.rest.text, "c ");
    assert.equal(cache.find("k", "abc", "\n", "line"), undefined);
  });
  it("knows where an answer has been written to the end of its line", () => {
    const cache = new CompletionCache();
    cache.put(answer("a", "bcd"));
    cache.put(answer("x", "yz", { endsLine: false }));
    assert.equal(cache.isWritten("k", "abcd", "\n"), true);
    for (const [key, before, after] of [
      ["k", "abc", "\n"],
      ["k", "abcde", "\n"],
      ["k", "abcd", "\nx"],
      ["o", "abcd", "\n"],
      ["k", "xyz", "\n"],
    ] as const)
      // prettier-ignore
      assert.equal(cache.isWritten(key, before, after), false);
  });
  it("does not give the rest of a line where several lines are wanted", () => {
    const cache = new CompletionCache();
    cache.put(answer("a", "b"));
    assert.equal(cache.find("k", "a", "\n", "lines"), undefined);
  });
  it("forgets what was used longest ago beyond its capacity", () => {
    const cache = new CompletionCache(2);
    cache.put(answer("1", "x"));
    cache.put(answer("2", "x"));
    cache.find("k", "1", "\n", "line");
    cache.put(answer("3", "x"));
    assert.ok(cache.find("k", "1", "\n", "line"));
    assert.equal(cache.find("k", "2", "\n", "line"), undefined);
  });
  it("replaces the answer of the same place", () => {
    const cache = new CompletionCache(2);
    cache.put(answer("1", "old"));
    cache.put(answer("0", "x"));
    cache.put(answer("1", "new"));
    assert.equal(cache.find("k", "1", "\n", "line")?.rest.text, "new");
    assert.ok(cache.find("k", "0", "\n", "line"));
  });
});
