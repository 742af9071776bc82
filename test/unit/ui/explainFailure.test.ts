import assert from "node:assert/strict";
import { EngineError } from "../../../src/backends/engineError";
import { explainFailure } from "../../../src/ui/explainFailure";

describe("explainFailure", () => {
  it("gives the sentence of a failure that has one", () => {
    const error = new EngineError({ kind: "modelDamaged", file: "a.gguf", detail: "short" });
    assert.equal(
      explainFailure(error, () => assert.fail("no defect")),
      error.message,
    );
  });
  it("has a sentence for a defect too, and tells of it", () => {
    const told: unknown[] = [];
    const defect = new TypeError("x is undefined");
    assert.match(
      explainFailure(defect, (error) => told.push(error)),
      /\(x is undefined\): run "Unmask: Show Log"/,
    );
    assert.deepEqual(told, [defect]);
  });
});
