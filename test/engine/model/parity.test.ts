import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseManifest } from "../../../src/model/parseManifest";
import { Session } from "../../../src/model/session";
import { readReference, relativeError } from "./reference";
import { FIXTURES, prepareIn, prepareTiny, type Prepared } from "./tinyModels";

/** All logits of each sequence against the reference's, at once: one clean pass a sequence. */
async function worstError(prepared: Prepared, name: string, run: string, newIds?: readonly number[]): Promise<number> {
  const from = await readReference(name);
  const { reference } = from;
  const newId = newIds && new Map(newIds.map((id, index) => [id, index]));
  const session = await Session.open(prepared.directory, prepared.model, { threads: 1 });
  const actual: ArrayLike<number>[] = [];
  const wanted: ArrayLike<number>[] = [];
  try {
    for (const { sequence, positions, expected } of from.rows(run)) {
      session.truncate(0);
      const logits = await session.forward(newId ? sequence.map((id) => newId.get(id)!) : sequence, [], positions);
      actual.push(...logits.map((row) => (reference.ids ? reference.ids.map((id) => row[newId ? newId.get(id)! : id]!) : row.slice())));
      wanted.push(...expected);
    }
  } finally {
    await session.dispose();
  }
  return relativeError(actual, wanted);
}

describe("the graph against transformers on the same file", function () {
  this.timeout(120_000);
  const adapterPath = join(FIXTURES, "tiny-adapter.safetensors");

  for (const name of ["tiny-qwen2", "tiny-llama"]) {
    for (const run of ["base", "adapter"]) {
      for (const [precision, most] of [
        ["float32", 1e-5],
        ["int8", 0.25], // a random net of width 64 is coarse, a lost bias gives 0.7; the real one is measured by test/eval/bitsPerByte.ts
      ] as const) {
        it(`${name}, ${run}, ${precision}: within ${most}`, async () => {
          const prepared = await prepareTiny(name, { precision, ...(run === "adapter" && { adapterPath }) });
          try {
            const error = await worstError(prepared, name, run);
            assert.ok(error <= most, `relative error ${error}`);
          } finally {
            await prepared.remove();
          }
        });
      }
    }
  }

  it("Qwen2.5-Coder 0.5B, pruned, float32: within 1e-3", async function () {
    const base = process.env["UNMASK_BASE_GGUF"];
    if (base === undefined || !existsSync(base)) return this.skip();
    const folder = join(__dirname, "../../../models/qwen2.5-coder-0.5b-infill");
    const manifest = parseManifest(JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")), "manifest.json");
    const vocabularyPath = join(folder, manifest.vocabulary!.file);
    const prepared = await prepareIn({ manifest, basePath: base, vocabularyPath, precision: "float32" });
    try {
      const error = await worstError(prepared, "qwen2.5-coder-0.5b", "base", JSON.parse(readFileSync(vocabularyPath, "utf8")) as number[]);
      assert.ok(error <= 1e-3, `relative error ${error}`);
    } finally {
      await prepared.remove();
    }
  });
});
