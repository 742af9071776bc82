import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { InfillRequest } from "../../../src/backends/infiller";
import { loadModel } from "../../../src/engine/loadModel";
import type { EngineModel } from "../../../src/engine/engineModel";

const PROMPTS = 50;
const SOURCES = join(__dirname, "../../../src/model");

/** Places spread over this repository's own files, in the middle of lines, between them and inside words. */
function requests(): InfillRequest[] {
  const text = readdirSync(SOURCES)
    .filter((name) => name.endsWith(".ts"))
    .sort()
    .map((name) => readFileSync(join(SOURCES, name), "utf8").replaceAll("\r\n", "\n"))
    .join("\n");
  return Array.from({ length: PROMPTS }, (_, i) => {
    const at = Math.floor(((i + 0.5) * text.length) / PROMPTS);
    const region = i % 2 === 0 ? "line" : "span";
    const end = region === "line" ? text.indexOf("\n", at) : at + 40;
    return {
      prefix: text.slice(Math.max(0, at - 400), at),
      suffix: text.slice(end, end + 160),
      region,
      languageId: "typescript",
      maxTokens: 24,
      sampler: "verified",
    };
  });
}

describe("the real model", function () {
  this.timeout(600_000);
  const directory = process.env["UNMASK_MODEL_DIR"];
  let model: EngineModel;
  before(async function () {
    if (directory === undefined) return this.skip();
    model = await loadModel(directory, 0);
  });
  after(() => model?.dispose());

  it(`verified gives, on ${PROMPTS} prompts, the tokens of one at a time, in fewer passes`, async () => {
    const answer = (request: InfillRequest, blockSize: number) =>
      model.infill({ ...request, blockSize }, { signal: new AbortController().signal, arrivedAtMs: performance.now() });
    let passes = 0;
    let passesOneAtATime = 0;
    for (const [index, request] of requests().entries()) {
      const drafted = await answer(request, 8);
      const plain = await answer(request, 0);
      assert.deepEqual([drafted.text, drafted.ended], [plain.text, plain.ended], `prompt ${index}`);
      assert.deepEqual(drafted.tokens.map((token) => token.text), plain.tokens.map((token) => token.text)); // prettier-ignore
      passes += drafted.passes;
      passesOneAtATime += plain.passes;
    }
    assert.ok(passes < 0.9 * passesOneAtATime, `${passes} passes against ${passesOneAtATime}`);
  });
});
