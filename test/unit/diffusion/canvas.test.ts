import assert from "node:assert/strict";
import fc from "fast-check";
import type { InfillRequest } from "../../../src/backends/infiller";
import { layCanvas, type EarlierCanvas } from "../../../src/diffusion/canvas";
import { type ContextBudget, DEFAULT_BUDGET, SLIDING_BUDGET } from "../../../src/diffusion/contextBudget";
import { headStart } from "../../../src/diffusion/headStart";
import { notInsidePair } from "../../../src/diffusion/notInsidePair";
import { prefixTokens } from "../../../src/diffusion/prefixTokens";
import { SPECIAL, tinyTokenizer } from "./tinyTokenizer";

const lay = (change: Partial<InfillRequest>, budget: ContextBudget = DEFAULT_BUDGET) =>
  layCanvas(
    { prefix: "", suffix: "", region: "lines", languageId: "c", maxTokens: 9, sampler: "verified", ...change },
    tinyTokenizer,
    SPECIAL,
    budget,
  );
const encode = (text: string) => tinyTokenizer.encode(text);
const textOf = (ids: readonly number[]) => Buffer.concat(ids.map((id) => tinyTokenizer.bytesOf(id))).toString();

describe("the canvas", function () {
  this.timeout(180_000);
  it("lays out prefix, suffix and middle, each tokenised by itself, P ending where the cursor's line begins", () => {
    const canvas = lay({ prefix: "x;\nfoo = retu", suffix: ");\n\n  bar\nx" });
    assert.deepEqual(canvas.known, [
      SPECIAL.prefix,
      ...encode("x;\n"),
      SPECIAL.suffix,
      ...encode(");\n\n  bar\nx"),
      SPECIAL.middle,
      ...encode("foo ="),
    ]);
    assert.equal(Buffer.from(canvas.toHeal).toString(), " retu");
    assert.deepEqual([canvas.head, canvas.tail, canvas.after, canvas.addsNewline], ["foo = retu", ");", "\n  bar", false]);
  });

  it("leaves the anchor where an earlier canvas had it, while only a few lines were written behind it", () => {
    const at = { prefix: "x;\n", suffix: "\ny;\n" };
    const last = lay({ ...at, region: "line" });
    const other = lay({ prefix: "elsewhere;\n", suffix: "\nz;\n", region: "line" });
    assert.deepEqual(last.anchor, at);
    const next = (change: Partial<InfillRequest>) =>
      layCanvas(
        { prefix: "x;\nfoo = 1;\nba", suffix: "\ny;\n", region: "line", languageId: "c", maxTokens: 9, sampler: "verified", ...change },
        tinyTokenizer,
        SPECIAL,
        DEFAULT_BUDGET,
        [other, last],
      );
    assert.deepEqual([next({}).head, next({}).anchor], ["foo = 1;\nba", at]);
    const anew = { suffix: "\nz;\n", prefix: "x;\nfoo = 1;\nba" };
    for (const change of [anew, { ...anew, suffix: at.suffix, prefix: "z;\nfoo = 1;\nba" }, { region: "span" as const }])
      assert.equal(next(change).head, "ba", "something before or after it is another");
    assert.equal(next({ prefix: `x;\n${"foo = 1;\n".repeat(20)}ba` }).head, "ba", "the head would be too long");
  });

  it("tokenises what stands ahead of P once, as long as path and pieces stay the same", () => {
    const special = { ...SPECIAL, file: 2_000_000 };
    const at = { prefix: "x;\n", suffix: "\ny;\n", region: "line", languageId: "c", maxTokens: 9, sampler: "verified" } as const;
    const pieces = (text: string) => [{ path: "b.c", text }];
    const requests = [
      { ...at, path: "a.c", related: pieces("foo;\n") },
      { ...at, path: "a.c", related: pieces("bar;\n") },
      { ...at, path: "c.c", related: pieces("foo;\n") },
      { ...at, path: "a.c" },
      at,
    ];
    const lay = (request: InfillRequest, earlier: readonly EarlierCanvas[], tokenizer = tinyTokenizer) =>
      layCanvas(request, tokenizer, special, DEFAULT_BUDGET, earlier);
    const earlier = requests.map((request) => lay(request, []));
    assert.equal(new Set(earlier.map(({ known }) => known.join())).size, requests.length);
    const read: string[] = [];
    const listening = { ...tinyTokenizer, encode: (text: string) => (read.push(text), encode(text)) };
    for (const [index, request] of requests.entries()) {
      // Over the pipe each request's pieces are other objects.
      const again = lay(structuredClone(request), earlier, listening);
      assert.deepEqual(again.known, earlier[index]!.known);
    }
    assert.deepEqual(
      read.filter((text) => /\.c\n/.test(text)),
      [],
    );
    assert.notDeepEqual(lay({ ...at, path: "d.c" }, earlier).known, earlier[3]!.known);
  });

  it("holds every character once, in order, wherever the last canvas was anchored", () => {
    const text = fc.string({ unit: fc.constantFrom("foo", "(", ");", "\n", " ", "x", "\u{1F600}"), maxLength: 60 });
    fc.assert(
      fc.property(text, text, fc.nat(60), fc.boolean(), (prefix, suffix, at, same) => {
        const earlier = prefix.slice(0, notInsidePair(prefix, Math.min(at, prefix.length)));
        const last = lay({ prefix: earlier, suffix: same ? suffix : `${suffix}x`, region: at % 2 === 0 ? "line" : "lines" });
        const request = { prefix, suffix, region: "lines", languageId: "c", maxTokens: 9, sampler: "verified" } as const;
        const canvas = layCanvas(request, tinyTokenizer, SPECIAL, DEFAULT_BUDGET, [last]);
        const { head, anchor, known, headKnown, toHeal } = canvas;
        assert.equal(anchor.prefix + head, prefix);
        const spelt = Buffer.concat([...known.slice(known.length - headKnown).map((id) => tinyTokenizer.bytesOf(id)), toHeal]);
        assert.ok(spelt.equals(Buffer.from(head)));
        assert.ok(encode(head).length <= DEFAULT_BUDGET.headTokens);
        const behind = canvas.addsNewline ? `\n${suffix}` : suffix;
        assert.deepEqual([canvas.prefixTokens, canvas.suffixTokens], [encode(anchor.prefix), encode(behind)]);
      }),
      { numRuns: 1000 },
    );
  });

  it("is whole with nothing before and nothing after", () => {
    const canvas = lay({});
    assert.deepEqual(canvas.known, [SPECIAL.prefix, SPECIAL.suffix, SPECIAL.middle]);
    assert.deepEqual([canvas.toHeal.length, canvas.tail, canvas.after], [0, "", ""]);
  });

  it("puts a line break before the file's next line where whole lines are missing, and only there", () => {
    assert.deepEqual([lay({ prefix: "x\n", suffix: "bar\n" }).addsNewline, lay({ prefix: "x\n", suffix: "bar\n" }).after], [true, "bar"]);
    for (const change of [
      { prefix: "x\n", suffix: "\nbar" },
      { prefix: "x\n", suffix: "" },
      { prefix: "x", suffix: "bar" },
      { prefix: "x\n", suffix: "bar", region: "line" as const },
    ]) {
      assert.equal(lay(change).addsNewline, false);
    }
  });

  it("takes special tokens' spellings in the file for text", () => {
    const canvas = lay({ prefix: "<|fim_middle|>\n", suffix: "<|fim_pad|>" });
    assert.deepEqual(canvas.known.filter((id) => tinyTokenizer.bytesOf(id).length === 0), [SPECIAL.prefix, SPECIAL.suffix, SPECIAL.middle]); // prettier-ignore
  });

  it("loses no character between P and the head, however long the line, and the head keeps its budget", () => {
    const line = fc.array(fc.constantFrom("foo(", "é", "😀", " ", "return ", ");", "x"), { maxLength: 200 }).map((words) => words.join(""));
    fc.assert(
      fc.property(line, (typed) => {
        const start = headStart(typed, tinyTokenizer, DEFAULT_BUDGET);
        assert.ok(encode(typed.slice(start)).length <= DEFAULT_BUDGET.headTokens);
        assert.ok(!/^[\udc00-\udfff]/.test(typed.slice(start)), "a pair is torn");
        const canvas = lay({ prefix: typed });
        const p = canvas.known.slice(1, canvas.known.indexOf(SPECIAL.suffix));
        assert.ok(typed.endsWith(textOf(p) + canvas.head));
        if (encode(typed).length <= DEFAULT_BUDGET.headTokens) assert.equal(start, 0);
      }),
      { numRuns: 300 },
    );
  });

  it("in a minified file of megabytes reads a few thousand characters", () => {
    let read = 0;
    const counting = { ...tinyTokenizer, encode: (text: string) => ((read += text.length), encode(text)) };
    const blob = "foo(bar,x);".repeat(200_000);
    layCanvas(
      { prefix: blob, suffix: blob, region: "line", languageId: "js", maxTokens: 9, sampler: "verified" },
      counting,
      SPECIAL,
      DEFAULT_BUDGET,
    );
    assert.ok(read < 20_000, `${read} characters tokenised`);
  });

  it("moves a long line's anchor in steps, not with each key", () => {
    const typed = "foo(x, ".repeat(60);
    const starts = Array.from({ length: 100 }, (_, i) => headStart(typed.slice(0, 200 + i), tinyTokenizer, DEFAULT_BUDGET));
    assert.ok(new Set(starts).size < 8 && new Set(starts).size > 1, starts.join());
    assert.deepEqual(
      starts,
      starts.toSorted((a, b) => a - b),
    );
  });
});

describe("the prefix budget", function () {
  this.timeout(180_000);
  const file = Array.from({ length: 400 }, (_, i) => `foo(bar, ${i});\n`);
  const before = (lines: number) => file.slice(0, lines).join("");

  it("with a step of 1 keeps exactly the last tokens", () => {
    for (const lines of [0, 3, 100, 400])
      assert.deepEqual(prefixTokens(before(lines), tinyTokenizer, SLIDING_BUDGET), encode(before(lines)).slice(-400));
  });

  it("in steps keeps the front where it was for most new lines, and never exceeds the budget", () => {
    const budget = { ...DEFAULT_BUDGET, prefixTokens: 200, prefixStep: 64 };
    let moved = 0;
    for (let lines = 60; lines < 180; lines++) {
      const [old, next] = [prefixTokens(before(lines), tinyTokenizer, budget), prefixTokens(before(lines + 1), tinyTokenizer, budget)];
      assert.ok(next.length <= 200 && next.length > 200 - 64 - 1, `${next.length}`);
      if (!old.every((token, i) => token === next[i])) moved++;
    }
    assert.ok(moved > 5 && moved < 120 / 4, `moved ${moved} times in 120 lines`);
  });
});
