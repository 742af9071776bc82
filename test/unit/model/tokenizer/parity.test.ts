import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import type { CanvasTokenizer } from "../../../../src/diffusion/denoiser";
import { LINE_COUNT, tokenizerLines } from "../tokenizerLines";
import { baseOf, loaded, TINY } from "./tinyTokenizer";

const LINES_A_HASH = 100;
const FIXTURES = path.join(__dirname, "../../../fixtures/model");
const VOCABULARY = path.join(__dirname, "../../../../models/qwen2.5-coder-0.5b-infill/vocabulary.json");

interface Reference {
  readonly lines: readonly string[];
  readonly tinyKept: readonly number[];
  readonly tiny: readonly string[];
  readonly tinyPruned: readonly string[];
  readonly real: readonly string[];
  readonly realPruned: readonly string[];
}

/** As make_tokenizer_reference.py does it. */
function hashes(texts: readonly string[]): string[] {
  const groups = Array.from({ length: LINE_COUNT / LINES_A_HASH }, (_, group) =>
    texts.slice(group * LINES_A_HASH, (group + 1) * LINES_A_HASH),
  );
  return groups.map((group) => createHash("sha256").update(group.join("\n")).digest("hex").slice(0, 16));
}

describe("the tokenizer beside the reference, on 10,000 lines", function () {
  this.timeout(120_000);
  const reference = JSON.parse(readFileSync(path.join(FIXTURES, "tokenizer.reference.json"), "utf8")) as Reference;
  const lines = tokenizerLines();

  function check(tokenizer: CanvasTokenizer, expected: readonly string[]): void {
    const ids = lines.map((line) => tokenizer.encode(line));
    deepStrictEqual(hashes(ids.map((line) => line.join(","))), expected);
    for (const [index, line] of lines.entries()) {
      const bytes = Buffer.concat(ids[index]!.map((id) => tokenizer.bytesOf(id)));
      strictEqual(bytes.toString(), line.replace(/\p{Surrogate}/gu, "\uFFFD"));
    }
  }

  it("compares the lines that the reference was given", () => {
    deepStrictEqual(hashes(lines), reference.lines);
  });
  it("gives the same ids with the tiny vocabulary", async () => check(loaded(await baseOf(TINY)), reference.tiny));
  it("gives the same ids with the tiny vocabulary, pruned", async () =>
    check(loaded(await baseOf(TINY), reference.tinyKept), reference.tinyPruned));

  const base = process.env["UNMASK_BASE_GGUF"];
  const whereBase = base ? it : it.skip;
  whereBase("gives the same ids with the real vocabulary (UNMASK_BASE_GGUF)", async () =>
    check(loaded(await baseOf(base!)), reference.real),
  );
  whereBase("gives the same ids with the real vocabulary, pruned (UNMASK_BASE_GGUF)", async () => {
    const ids = JSON.parse(readFileSync(VOCABULARY, "utf8")) as number[];
    check(loaded(await baseOf(base!), ids), reference.realPruned);
  });
});
