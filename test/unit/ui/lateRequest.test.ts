import assert from "node:assert/strict";
import { none, type NoSuggestion, type NoSuggestionReason, type Suggestion } from "../../../src/completion/outcome";
import type { EngineState } from "../../../src/engine/engineState";
import { LateRequest, type Place } from "../../../src/ui/lateRequest";

const place: Place = { document: "file:///a.ts", version: 3, positions: [1, 2, 1, 2] };
const nothing = (reason: NoSuggestionReason) => (): Promise<NoSuggestion> => Promise.resolve(none(reason));
const late = nothing("outOfTime");
const suggestion: Suggestion = {
  kind: "suggestion",
  insertText: "x",
  replaceBefore: 0,
  replaceAfter: 0,
  sureness: 1,
  certainChars: 1,
  source: "engine",
};

describe("LateRequest", () => {
  let engine: EngineState["kind"];
  let request: LateRequest;
  beforeEach(() => {
    engine = "loading";
    request = new LateRequest(() => engine);
  });

  it("is made again once, where it was late because the engine loads and nothing has changed since", async () => {
    assert.deepEqual(await request.watch(place, late), none("outOfTime"));
    assert.ok(request.isDue({ ...place, positions: [...place.positions] }));
    assert.ok(!request.isDue(place));
  });

  for (const kind of ["thinking", "ready", "loading", "failed"] as const)
    it(`is made again where the engine died under it, and is taken for ${kind}`, async () => {
      engine = kind;
      await request.watch(place, nothing("engineFailed"));
      assert.ok(request.isDue(place));
    });

  it("is made again where the model was not found yet", async () => {
    engine = "stopped";
    await request.watch(place, nothing("noModel"));
    assert.ok(request.isDue(place));
  });

  it("is not made a third time where it ends the engine again, but is at another place", async () => {
    const dies = nothing("engineFailed");
    await request.watch(place, dies);
    assert.ok(request.isDue(place));
    await request.watch(place, dies);
    assert.ok(!request.isDue(place));
    await request.watch({ ...place, version: 4 }, dies);
    assert.ok(request.isDue({ ...place, version: 4 }));
  });

  it("is made again where the engine came back while it ran, with too little time left", async () => {
    await request.watch(place, () => {
      engine = "thinking";
      return late();
    });
    assert.ok(request.isDue(place));
  });

  for (const [what, now] of [
    ["the document has changed", { ...place, version: 4 }],
    ["the cursor has moved", { ...place, positions: [1, 3, 1, 3] }],
    ["something is selected", { ...place, positions: [1, 2, 1, 0] }],
    ["another document is shown", { ...place, document: "file:///b.ts" }],
    ["no editor is shown", undefined],
  ] as const)
    it(`is not made again where ${what}, not later either`, async () => {
      await request.watch(place, late);
      assert.ok(!request.isDue(now));
      assert.ok(!request.isDue(place));
    });

  for (const kind of ["ready", "thinking"] as const)
    it(`is not made again where the engine was ${kind}: it is slow, and would be again`, async () => {
      engine = kind;
      await request.watch(place, late);
      assert.ok(!request.isDue(place));
    });

  it("is not made again where it was answered, with nothing too, or given up for a newer keystroke", async () => {
    for (const outcome of [suggestion, none("empty"), none("superseded"), none("snoozed")]) {
      assert.equal(await request.watch(place, () => Promise.resolve(outcome)), outcome);
      assert.ok(!request.isDue(place));
    }
  });

  it("is the newest one, though several wait for the same answer", async () => {
    let fail: (outcome: NoSuggestion) => void = () => undefined;
    const answer = new Promise<NoSuggestion>((resolve) => (fail = resolve));
    const asked = [3, 4, 5].map((version) => request.watch({ ...place, version }, () => answer));
    fail(none("engineFailed"));
    await Promise.all(asked);
    assert.ok(request.isDue({ ...place, version: 5 }));
  });

  it("is forgotten with the next one, which may still be answered", async () => {
    let finish: (outcome: NoSuggestion) => void = () => undefined;
    const first = request.watch(place, () => new Promise((resolve) => (finish = resolve)));
    await request.watch(place, late);
    const second = request.watch({ ...place, version: 4 }, () => new Promise(() => undefined));
    assert.ok(!request.isDue(place));
    finish(none("outOfTime"));
    await first;
    assert.ok(!request.isDue(place));
    void second;
  });
});
