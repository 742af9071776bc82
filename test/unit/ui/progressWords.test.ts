import assert from "node:assert/strict";
import type { StoreProgress } from "../../../src/model/store/storeProgress";
import { progressWords } from "../../../src/ui/progressWords";

const fetching = (more: Partial<StoreProgress>): string =>
  progressWords({ stage: "fetching", done: 41e6, total: 100e6, bytesPerSecond: 2e6, ...more });

describe("progressWords", () => {
  it("say how far, how quick and how long still", () => {
    assert.equal(fetching({}), "fetching the model, 41 %, 2.0 MB/s, 30 s left");
    assert.equal(fetching({ bytesPerSecond: 0.5e6 }), "fetching the model, 41 %, 0.5 MB/s, 2 min left");
  });
  it("name no time that is not known, and none at the end", () => {
    assert.equal(progressWords({ stage: "verifying", done: 1, total: 2 }), "verifying the model, 50 %");
    assert.equal(fetching({ bytesPerSecond: 0 }), "fetching the model, 41 %, 0.0 MB/s");
    assert.equal(fetching({ done: 100e6 }), "fetching the model, 100 %, 2.0 MB/s");
  });
});
