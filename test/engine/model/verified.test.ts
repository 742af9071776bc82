import assert from "node:assert/strict";
import type { InfillRequest } from "../../../src/backends/infiller";
import { loadModel } from "../../../src/engine/loadModel";
import type { EngineModel } from "../../../src/engine/engineModel";
import { ownPlaces } from "./ownPlaces";

const PROMPTS = 50;

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
    for (const [index, request] of ownPlaces("model", PROMPTS, "span").entries()) {
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
