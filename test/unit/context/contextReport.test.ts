import assert from "node:assert/strict";
import fc from "fast-check";
import { EngineError } from "../../../src/backends/engineError";
import type { Infiller, InfillRequest } from "../../../src/backends/infiller";
import { deskRequest, answerKey } from "../../../src/completion/deskRequest";
import type { ChosenPiece, RelatedSource } from "../../../src/context/chooseRelated";
import { RelatedNotes, type NotLookedFor } from "../../../src/context/relatedNotes";
import { contextReport } from "../../../src/context/report/contextReport";
import { fenced } from "../../../src/context/report/fenced";
import { LastRequest } from "../../../src/context/report/lastRequest";
import { DEFAULT_BUDGET } from "../../../src/diffusion/contextBudget";
import { infill, query } from "../completion/fakeBackend";

const PIECE: ChosenPiece = {
  path: "src/user.ts",
  text: "function loadUser() {}\n",
  name: "loadUser",
  isNear: true,
  recently: "edited",
  source: "imported",
};
const REQUEST: InfillRequest = {
  prefix: "const user = ",
  suffix: ";\n",
  region: "line",
  languageId: "typescript",
  path: "src/a.ts",
  maxTokens: 48,
  sampler: "verified",
};
const running = { kind: "running" } as const;

describe("the report on a context", () => {
  it("shows each piece with its file and why it was chosen, the path, both sides and the settings", () => {
    const notes = new RelatedNotes();
    const related = notes.send([PIECE], [{ path: ".env", reason: "excluded" }]);
    const answered = { kind: "answered", infill: { ...infill("x"), prefillTokens: 12, cachedTokens: 30 } } as const;
    const report = contextReport({ request: { ...REQUEST, related }, deadlineMs: 1_500, end: answered }, notes.of(related), DEFAULT_BUDGET);
    for (const part of [
      "- path: `src/a.ts`",
      "- language: `typescript`",
      "at most 48 tokens",
      "at most 1500 ms",
      "read 42 tokens of it: 30 known from before, 12 new",
      "### `src/user.ts`",
      "`loadUser` stands near the cursor; its definition was edited a moment ago; this file imports that one.",
      "function loadUser() {}\n",
      "- `.env`: `unmask.exclude` names it",
      "13 characters; the engine takes the end of it, at most 640 tokens",
      "const user = \n",
      "2 characters; the engine takes the beginning of it, at most 64 tokens",
    ])
      assert.ok(report.includes(part), `${part} is not in\n${report}`);
  });

  it("says what led to a piece's file", () => {
    const sources = { imported: "this file imports that one", declared: "a language server led from this file to that one", found: "a search of the project found it", open: "that file is open or was edited lately" }; // prettier-ignore
    for (const [source, words] of Object.entries(sources) as [RelatedSource, string][]) {
      const notes = new RelatedNotes();
      const related = notes.send([{ ...PIECE, source }], []);
      const report = contextReport({ request: { ...REQUEST, related }, end: running }, notes.of(related), DEFAULT_BUDGET);
      assert.ok(report.includes(`; ${words}.`), report);
    }
  });

  it("says what somebody did at a piece's definition", () => {
    const why = (piece: Partial<ChosenPiece>): string => {
      const notes = new RelatedNotes();
      const related = notes.send([{ ...PIECE, ...piece }], []);
      return contextReport({ request: { ...REQUEST, related }, end: running }, notes.of(related), DEFAULT_BUDGET);
    };
    assert.match(why({ recently: "copied" }), /`loadUser` stands near the cursor; its definition was copied from lately; this file/);
    assert.match(why({ recently: "copied", isNear: false }), /\n`loadUser` was copied from lately; this file/);
    assert.match(why({ recently: "edited", isNear: false }), /\n`loadUser` was edited a moment ago; this file/);
    assert.match(why({ recently: undefined }), /\n`loadUser` stands near the cursor; this file/);
  });

  it("says why there are no pieces", () => {
    const reports = (["off", "notAFile", "notReadYet", "saysEnough"] satisfies NotLookedFor[]).map((why) => {
      const notes = new RelatedNotes();
      const related = notes.sendNone(why);
      return contextReport({ request: { ...REQUEST, related }, end: running }, notes.of(related), DEFAULT_BUDGET);
    });
    for (const [index, said] of [/is off/, /no file on this machine/, /had not been read yet/, /says enough itself/].entries())
      assert.match(reports[index]!, said);
    const nameless = { ...REQUEST };
    delete nameless.path;
    assert.match(contextReport({ request: nameless, end: running }, undefined, DEFAULT_BUDGET), /a document without a name gets none/);
    assert.match(contextReport({ request: REQUEST, end: running }, undefined, DEFAULT_BUDGET), /nothing near the cursor is defined/);
  });

  it("holds the texts exactly, whatever they are, in blocks that they cannot end", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("`", "a", "\n", "#", "~"), maxLength: 40 }), (text) => {
        const block = fenced(text);
        const [first, ...lines] = block.split("\n");
        const fence = first!.replace("text", "");
        assert.equal(lines.at(-1), fence);
        assert.equal(lines.slice(0, -1).join("\n"), text.replace(/\n$/, ""));
        assert.ok(!lines.slice(0, -1).some((line) => line.includes(fence)));
        assert.ok(contextReport({ request: { ...REQUEST, prefix: text }, end: running }, undefined, DEFAULT_BUDGET).includes(block));
      }),
    );
  });
});

describe("the last request", () => {
  const backend = (answer: () => Promise<ReturnType<typeof infill>>): Infiller => ({ infill: answer });

  it("is what the backend was handed, and how it ended", async () => {
    const last = new LastRequest(backend(() => Promise.resolve(infill("x"))));
    const asked = last.infill(REQUEST, { deadlineMs: 900 });
    assert.deepEqual(last.last, { request: REQUEST, deadlineMs: 900, end: running });
    await asked;
    assert.equal(last.last?.request, REQUEST);
    assert.deepEqual(last.last?.end, { kind: "answered", infill: infill("x") });
  });

  it("fails as the backend does, and says so", async () => {
    const failure = new EngineError({ kind: "badRequest", detail: "no" });
    const last = new LastRequest(backend(() => Promise.reject(failure)));
    await assert.rejects(last.infill(REQUEST), failure);
    assert.deepEqual(last.last?.end, { kind: "failed", message: failure.message });
  });

  it("of several branches is the one that they share", async () => {
    const last = new LastRequest(backend(() => Promise.resolve(infill("x"))));
    const infills = await last.infillBranches(REQUEST, ["a", "b"], { deadlineMs: 900 });
    assert.deepEqual(infills, [infill("x"), infill("x")]);
    assert.deepEqual(last.last, { request: REQUEST, deadlineMs: 900, end: { kind: "answered", infill: infill("x") } });
  });

  it("is the newer one, though an older one ends later", async () => {
    const ends: (() => void)[] = [];
    const last = new LastRequest(backend(() => new Promise((resolve) => ends.push(() => resolve(infill("x"))))));
    const older = last.infill(REQUEST);
    const newer = { ...REQUEST, prefix: "newer" };
    const running = last.infill(newer);
    ends[0]!();
    await older;
    assert.equal(last.last?.end.kind, "running");
    ends[1]!();
    await running;
    assert.equal(last.last?.request, newer);
  });
});

describe("pieces on their way", () => {
  it("are the same array for the same choice, and hold nothing but path and text", () => {
    const notes = new RelatedNotes();
    const chosen = [PIECE];
    const pieces = notes.send(chosen, []);
    assert.deepEqual(pieces, [{ path: PIECE.path, text: PIECE.text }]);
    assert.equal(notes.send(chosen, [{ path: "x", reason: "ignored" }]), pieces);
    assert.deepEqual(notes.of(pieces)!.leftOut, [{ path: "x", reason: "ignored" }]);
    assert.notEqual(notes.send([PIECE], []), pieces);
  });

  it("go into the request with the path, and never into the key of an answer", () => {
    const region = { kind: "line", blankChars: 0, scope: "body" } as const;
    const related = [{ path: "b.ts", text: "b\n" }];
    const asked = query("a = │", { path: "src/a.ts", related });
    assert.equal(deskRequest(asked, region).infill.related, related);
    assert.equal(deskRequest(asked, region).infill.path, "src/a.ts");
    const nameless = deskRequest(query("a = │", { related }), region).infill;
    assert.ok(!("path" in nameless) && !("related" in nameless));
    assert.equal(answerKey(asked), answerKey(query("a = │", {})));
  });
});
