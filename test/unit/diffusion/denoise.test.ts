import assert from "node:assert/strict";
import fc from "fast-check";
import { EngineError } from "../../../src/backends/engineError";
import type { InfillRequest } from "../../../src/backends/infiller";
import { layCanvas } from "../../../src/diffusion/canvas";
import { DEFAULT_BUDGET, SLIDING_BUDGET } from "../../../src/diffusion/contextBudget";
import { DenoiseMemory } from "../../../src/diffusion/denoiseMemory";
import { readAhead } from "../../../src/diffusion/readAhead";
import { arbitraryRequest, arbitraryTable } from "./arbitraries";
import { assertTokensSpell } from "./assertTokensSpell";
import { oneAtATime } from "./oneAtATime";
import { runTable } from "./runTable";
import { randomTable, scriptedTable, type Table } from "./table";
import { TableDenoiser } from "./tableDenoiser";
import { SPECIAL, tinyTokenizer } from "./tinyTokenizer";

const request = (change: Partial<InfillRequest>): InfillRequest => ({
  prefix: "",
  suffix: "",
  region: "span",
  languageId: "typescript",
  maxTokens: 32,
  sampler: "verified",
  blockSize: 4,
  ...change,
});
const samplers = fc.constantFrom("verified" as const, "confidence" as const);

describe("denoise", function () {
  this.timeout(180_000);
  describe("told to stop", () => {
    it("resolves at any pass with a head of what the model writes, whole characters, marked with the reason", async () => {
      await fc.assert(
        fc.asyncProperty(
          arbitraryTable,
          arbitraryRequest,
          fc.constantFrom("aborted" as const, "deadline" as const),
          async (table, asked, reason) => {
            const full = await runTable(table, asked);
            const { written } = oneAtATime(table, asked, SLIDING_BUDGET.prefixTokens, SLIDING_BUDGET.suffixTokens);
            const tail = asked.suffix.split("\n")[0]!;
            for (let allowed = 0; allowed < full.passes; allowed++) {
              let polls = 0;
              const denoiser = new TableDenoiser(table);
              const result = await runTable(table, asked, { denoiser, shouldStop: () => (polls++ >= allowed ? reason : undefined) });
              assert.equal(result.ended, reason);
              assert.ok(denoiser.calls.length <= allowed);
              assertTokensSpell(result);
              if (allowed === 0) assert.deepEqual([result.text, result.passes], ["", 0]);
              const certain = result.text.endsWith("\n") ? result.text.slice(0, -1) : result.text;
              assert.ok(written.startsWith(certain), JSON.stringify({ written, certain }));
              if (tail === "" || !certain.includes(tail))
                assert.ok(full.text.startsWith(certain), JSON.stringify({ full: full.text, certain }));
            }
          },
        ),
        { numRuns: 100 },
      );
    });

    it("by a clock, shows no less text the later the deadline", async () => {
      const table = scriptedTable("foo = bar(12);\n", 3);
      const texts: string[] = [];
      for (let deadlineMs = 0; deadlineMs <= 120; deadlineMs += 10) {
        const denoiser = new TableDenoiser(table);
        const now = () => denoiser.calls.length * 10;
        const result = await runTable(table, request({ prefix: "x;\n" }), {
          denoiser,
          now,
          shouldStop: () => (now() >= deadlineMs ? "deadline" : undefined),
        });
        texts.push(result.text);
        if (result.ended === "deadline") assert.equal(result.times.prefillMs + result.times.denoiseMs, deadlineMs);
      }
      assert.equal(texts[0], "");
      assert.equal(texts.at(-1), "foo = bar(12);");
      for (const [i, text] of texts.entries()) if (i > 0) assert.ok(text.startsWith(texts[i - 1]!));
      assert.ok(new Set(texts).size > 3);
    });

    it("between two slices of the prefill, runs no further one and answers with nothing", async () => {
      const table = randomTable(1, 0, 10);
      const denoiser = new TableDenoiser(table);
      let polls = 0;
      const asked = request({ prefix: "x;\n".repeat(300) });
      const result = await runTable(table, asked, { denoiser, shouldStop: () => (polls++ === 2 ? "aborted" : undefined) });
      assert.deepEqual(denoiser.calls.map((call) => call.clean.length), [160, 160]); // prettier-ignore
      assert.deepEqual([result.text, result.ended, result.prefillTokens, result.passes], ["", "aborted", 320, 0]);
    });

    it("holds back what may be the tail, and says whether it is", async () => {
      const table = scriptedTable("foo);\nbar", Infinity);
      const asked = request({ suffix: ");\nbar\n", blockSize: 0 });
      const at = async (allowed: number) => {
        let polls = 0;
        const { text, fits } = await runTable(table, asked, { shouldStop: () => (polls++ >= allowed ? "deadline" : undefined) });
        return { text, fits };
      };
      assert.deepEqual([await at(1), await at(2), await at(3)], [
        { text: "foo", fits: false },
        { text: "foo", fits: true },
        { text: "foo", fits: true },
      ]); // prettier-ignore
    });
  });

  it("finds what was read ahead, all of it, and answers the same", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryTable, arbitraryRequest, async (table, asked) => {
        const denoiser = new TableDenoiser(table);
        const memory = new DenoiseMemory();
        const long = { ...asked, prefix: "x;\n".repeat(30) + asked.prefix };
        const read = await readAhead(denoiser, tinyTokenizer, SPECIAL, long, DEFAULT_BUDGET, { shouldStop: () => undefined, memory });
        assert.ok(denoiser.calls.every((call) => call.clean.length <= DEFAULT_BUDGET.readAheadTokens && call.rows.length === 0));
        const answer = await runTable(table, long, { denoiser, memory, budget: DEFAULT_BUDGET });
        assert.deepEqual([answer.cachedTokens, answer.prefillTokens], [read, 0]);
        const cold = await runTable(table, long, { budget: DEFAULT_BUDGET });
        assert.deepEqual([answer.text, answer.ended, answer.passes], [cold.text, cold.ended, cold.passes]);
      }),
      { numRuns: 100 },
    );
  });

  it("ends reading ahead between two slices", async () => {
    const denoiser = new TableDenoiser(randomTable(1, 0, 10));
    let polls = 0;
    const control = { shouldStop: () => (polls++ === 2 ? ("aborted" as const) : undefined), memory: new DenoiseMemory() };
    const read = await readAhead(denoiser, tinyTokenizer, SPECIAL, request({ prefix: "x;\n".repeat(100) }), DEFAULT_BUDGET, control);
    assert.equal(read, 2 * DEFAULT_BUDGET.readAheadTokens);
  });

  it("says which ids it wrote: behind the canvas's they spell the typed head and the answer", () =>
    fc.assert(
      fc.asyncProperty(arbitraryTable, arbitraryRequest, async (table, asked) => {
        const { text, ids } = await runTable(table, asked);
        const { toHeal, addsNewline } = layCanvas(asked, tinyTokenizer, SPECIAL, SLIDING_BUDGET);
        const bytesOf = (id: number) => [...tinyTokenizer.bytesOf(id)];
        const spelt = ids!.flatMap(bytesOf).filter((byte) => byte !== 0x0d);
        const certain = addsNewline && text.endsWith("\n") ? text.slice(0, -1) : text;
        const expected = [...toHeal, ...new TextEncoder().encode(certain)];
        assert.deepEqual(spelt.slice(0, expected.length), expected);
      }),
      { numRuns: 300 },
    ));

  it("always ends: no end token, only white space, or nothing but special tokens wanted", async () => {
    const only = (id: number): Table => {
      const row = () => Float32Array.from({ length: tinyTokenizer.vocabularySize }, (_, i) => (i === id ? 9 : i === 0x20 ? 1 : 0));
      return { next: row, draft: row };
    };
    for (const id of [0x20, 0x0a, 0x61, 0xf0, 0x80, SPECIAL.mask, SPECIAL.prefix, SPECIAL.middle, SPECIAL.suffix, SPECIAL.end + 1]) {
      for (const sampler of ["verified", "confidence"] as const) {
        const result = await runTable(only(id), request({ sampler, maxTokens: 10, suffix: ")" }));
        assert.equal(result.ended, "length");
        assert.ok(result.tokens.length <= 10 && result.writtenTokens <= 13);
      }
    }
  });

  it("answers the same on a cache that any other request has left, and computes less", async () => {
    let reused = 0;
    // what a user did before: something else, or this very place with fewer characters typed
    const earlier = fc.array(
      fc.record({ other: fc.option(arbitraryRequest, { freq: 1 }), untyped: fc.nat(3), sampler: samplers, passes: fc.nat(6) }),
      {
        maxLength: 3,
      },
    );
    await fc.assert(
      fc.asyncProperty(arbitraryTable, earlier, arbitraryRequest, samplers, async (table, before, asked, sampler) => {
        const denoiser = new TableDenoiser(table);
        for (const { other, untyped, sampler: otherSampler, passes } of before) {
          let polls = 0;
          const shouldStop = () => (polls++ > passes ? ("aborted" as const) : undefined);
          const there = other ?? { ...asked, prefix: asked.prefix.slice(0, Math.max(0, asked.prefix.length - untyped)) };
          await runTable(table, { ...there, sampler: otherSampler }, { denoiser, shouldStop });
        }
        const fresh = await runTable(table, { ...asked, sampler });
        const warm = await runTable(table, { ...asked, sampler }, { denoiser });
        assert.equal(warm.cachedTokens + warm.prefillTokens, fresh.prefillTokens);
        reused += warm.cachedTokens;
        assert.deepEqual({ ...warm, cachedTokens: 0, prefillTokens: 0 }, { ...fresh, cachedTokens: 0, prefillTokens: 0 });
      }),
      { numRuns: 300 },
    );
    assert.ok(reused > 1000, `only ${reused} tokens came from the cache`);
  });

  it("computes no context anew for the next key in the same line, and little for the next line", async () => {
    const table = randomTable(7, 0.5, 8);
    const denoiser = new TableDenoiser(table);
    const file = "foo(bar);\n".repeat(80);
    const run = (prefix: string) =>
      runTable(table, request({ prefix, suffix: ")\nx\n" }), {
        denoiser,
        budget: { ...DEFAULT_BUDGET, prefixTokens: 200, prefixStep: 64 },
      });
    assert.equal((await run(file + "foo(ret")).cachedTokens, 0);
    const key = await run(file + "foo(retu");
    assert.deepEqual([key.prefillTokens, key.cachedTokens > 150], [0, true]);
    const line = await run(file + "foo(return);\n");
    assert.ok(line.cachedTokens > 130 && line.prefillTokens < 30, `${line.cachedTokens} cached, ${line.prefillTokens} computed`);
  });

  describe("the typed head", () => {
    it("is spelt exactly by the clamped cells, whatever tokens heal it, and the answer begins behind it", async () => {
      const character = fc.constantFrom("r", "e", "t", "u", " ", "é", "😀", "(", "f", "o", "ab", "\u{1F1E9}");
      await fc.assert(
        fc.asyncProperty(
          arbitraryTable,
          fc.array(character, { maxLength: 12 }),
          arbitraryRequest,
          samplers,
          async (table, typed, asked, sampler) => {
            const head = typed.join("");
            let clamped: string[] = [];
            const result = await runTable(
            table,
            { ...asked, prefix: "x;\n" + head, sampler },
            {
              onStep: (step) => clamped.push(step.cells.filter((cell) => cell.state === "clamped").map((cell) => cell.text).join("")),
            },
          ); // prettier-ignore
            assert.ok(clamped.length > 0 && clamped.every((text) => text === head), JSON.stringify({ head, clamped }));
            assert.ok(!result.text.includes("\uFFFD"));
            clamped = [];
          },
        ),
        { numRuns: 300 },
      );
    });

    it("may end inside a word: the word is finished with a token that reaches over the cursor", async () => {
      const result = await runTable(scriptedTable("return foo;\n", Infinity), request({ prefix: "x;\nretu", suffix: "\n" }));
      assert.deepEqual([result.text, result.tokens[0]!.text, result.ended, result.fits], ["rn foo;", "rn", "end", true]);
    });

    it("may end in half a surrogate pair, and longer than the budget", async () => {
      for (const prefix of ["a\ud83d", "\ude00", "foo(😀, ".repeat(700) + "\ud83d"]) {
        const result = await runTable(randomTable(3, 0.5, 9), request({ prefix }));
        assert.ok(["end", "length"].includes(result.ended));
      }
    });
  });

  describe("characters of several tokens", () => {
    it("never reach the text in part, wherever the tokens or the time run out", async () => {
      const table = scriptedTable("a😀é😀", 2);
      const texts = new Set<string>();
      for (let maxTokens = 1; maxTokens < 9; maxTokens++) texts.add((await runTable(table, request({ maxTokens, region: "line" }))).text);
      for (let allowed = 0; allowed < 9; allowed++) {
        let polls = 0;
        texts.add(
          (await runTable(table, request({ blockSize: 0 }), { shouldStop: () => (polls++ >= allowed ? "aborted" : undefined) })).text,
        );
      }
      assert.deepEqual([...texts].sort(), ["", "a", "a😀", "a😀é", "a😀é😀"].sort());
    });

    it("end the text where the model writes bytes that are none", async () => {
      const broken = (id: number): Table => ({
        next: (visible) =>
          Float32Array.from({ length: tinyTokenizer.vocabularySize }, (_, i) =>
            Number(i === (visible.at(-1) === SPECIAL.middle ? 0x61 : id)),
          ),
        draft: () => new Float32Array(tinyTokenizer.vocabularySize),
      });
      for (const id of [0x80, 0xff, 0xc0]) assert.equal((await runTable(broken(id), request({ maxTokens: 4 }))).text, "a");
    });
  });

  describe("where the region ends", () => {
    const cases: { name: string; script: string; asked: Partial<InfillRequest>; text: string; ended: string; fits: boolean }[] = [
      { name: "at the end token, its line break taken off", script: "foo;\n", asked: { suffix: "\nbar" }, text: "foo;", ended: "end", fits: true },
      { name: "before the tail", script: "foo);\n", asked: { suffix: ");\nbar" }, text: "foo", ended: "end", fits: true },
      { name: "with no tail written, all of it, and does not fit", script: "foo\n", asked: { suffix: ");\nbar" }, text: "foo", ended: "end", fits: false },
      { name: "at a tail that something follows, and does not fit", script: "foo) + x\n", asked: { suffix: ")" }, text: "foo", ended: "end", fits: false },
      { name: "where the file goes on", script: "foo\n\n  bar\nx x x", asked: { suffix: "\n\n  bar\n" }, text: "foo", ended: "suffix", fits: true },
      { name: "at the line's end, where only that was asked for", script: "foo)\nbar", asked: { suffix: ")\nx", region: "line" }, text: "foo", ended: "line", fits: true },
      { name: "at once, in an empty rest of line", script: "\nbar", asked: { suffix: "\nx", region: "line" }, text: "", ended: "line", fits: true },
      { name: "with a line break, between whole lines", script: "  foo;\n", asked: { prefix: "x\n", suffix: "bar\n", region: "lines" }, text: "  foo;\n", ended: "end", fits: true },
      { name: "without one, where the rest of a line was asked for", script: "foo bar\n", asked: { prefix: "x\n", suffix: "bar\n", region: "line" }, text: "foo ", ended: "line", fits: true },
      { name: "with the line break of another system, which is taken for one", script: "foo;\r\n", asked: { suffix: "\nbar" }, text: "foo;", ended: "end", fits: true },
      { name: "at the end of a line of another system", script: "foo;\r\nbar", asked: { suffix: "\nx", region: "line" }, text: "foo;", ended: "line", fits: true },
      { name: "before the tail, a lone carriage return left out", script: "f\roo);\n", asked: { suffix: ");\nbar" }, text: "foo", ended: "end", fits: true },
      { name: "at its last token", script: "abc abc abc abc", asked: { maxTokens: 2 }, text: "abc ", ended: "length", fits: true },
      { name: "at its last token, the tail on top of them", script: "abc)))))", asked: { maxTokens: 1, suffix: ")" }, text: "abc", ended: "length", fits: false },
    ]; // prettier-ignore
    for (const { name, script, asked, text, ended, fits } of cases) {
      it(name, async () => {
        for (const sampler of ["verified", "confidence"] as const) {
          const result = await runTable(
            scriptedTable(script, 3),
            request({ ...asked, sampler, blockSize: sampler === "verified" ? 4 : 1 }),
          );
          assert.deepEqual({ text: result.text, ended: result.ended, fits: result.fits }, { text, ended, fits });
        }
      });
    }

    it("holds no line break where the rest of one line was asked for", async () => {
      await fc.assert(
        fc.asyncProperty(arbitraryTable, arbitraryRequest, samplers, async (table, asked, sampler) => {
          const result = await runTable(table, { ...asked, region: "line", sampler });
          assert.doesNotMatch(result.text, /[\r\n]/);
        }),
        { numRuns: 300 },
      );
    });

    it("never writes a special token", async () => {
      await fc.assert(
        fc.asyncProperty(arbitraryTable, arbitraryRequest, samplers, async (table, asked, sampler) => {
          const denoiser = new TableDenoiser(table);
          await runTable(table, { ...asked, sampler }, { denoiser });
          const middle = denoiser.cached.indexOf(SPECIAL.middle);
          assert.ok(denoiser.cached.slice(middle + 1).every((token) => tinyTokenizer.bytesOf(token).length > 0 || token === SPECIAL.end));
        }),
        { numRuns: 200 },
      );
    });
  });

  describe("a damaged model", () => {
    const nan = (keep: number | undefined): Table => {
      const row = () => Float32Array.from({ length: tinyTokenizer.vocabularySize }, (_, i) => (i === keep ? Infinity : NaN));
      return { next: row, draft: row };
    };

    it("whose rows hold no number is said to be damaged, in one typed error", async () => {
      for (const sampler of ["verified", "confidence"] as const) {
        for (const prefix of ["", "ret"]) {
          await assert.rejects(
            runTable(nan(undefined), request({ sampler, prefix })),
            (error) => error instanceof EngineError && error.failure.kind === "modelDamaged",
          );
        }
      }
      await assert.rejects(runTable(nan(SPECIAL.mask), request({})), EngineError);
    });

    it("with a few logits that are none, or infinite, is read without them", async () => {
      const result = await runTable(nan(SPECIAL.end), request({ suffix: "\n" }));
      assert.deepEqual([result.text, result.ended], ["", "end"]);
      const a = await runTable(nan(0x61), request({ maxTokens: 3 }));
      assert.deepEqual(a.tokens, Array(3).fill({ text: "a", confidence: 1 }));
    });
  });

  it("refuses numbers that make no sense", async () => {
    const table = randomTable(1, 0, 10);
    for (const change of [
      { maxTokens: 0 },
      { maxTokens: NaN },
      { blockSize: 33 },
      { blockSize: 1.5 },
      { blockSize: 0, sampler: "confidence" as const },
      { threshold: 0 },
      { threshold: NaN },
    ]) {
      await assert.rejects(
        runTable(table, request(change)),
        (error) => error instanceof EngineError && error.failure.kind === "badRequest",
      );
    }
  });
});
