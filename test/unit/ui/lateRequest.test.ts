import assert from "node:assert/strict";
import type { Infill } from "../../../src/backends/infiller";
import { emptyInfill } from "../../../src/engine/emptyInfill";
import type { EngineState } from "../../../src/engine/engineState";
import { LateRequest, type Place } from "../../../src/ui/lateRequest";

const place: Place = { document: "file:///a.ts", version: 3, positions: [1, 2, 1, 2] };
const late = (): Promise<Infill> => Promise.resolve(emptyInfill("deadline", "", 1));

describe("LateRequest", () => {
  let engine: EngineState["kind"];
  let request: LateRequest;
  beforeEach(() => {
    engine = "loading";
    request = new LateRequest(() => engine);
  });

  it("is made again once, where it was late because the engine loads and nothing has changed since", async () => {
    await request.watch(place, late);
    assert.ok(request.isDue({ ...place, positions: [...place.positions] }));
    assert.ok(!request.isDue(place));
  });

  it("is made again where the engine died under it", async () => {
    await assert.rejects(request.watch(place, () => Promise.reject(new Error("died"))));
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

  it("is not made again where no editor was shown", async () => {
    await request.watch(undefined, late);
    assert.ok(!request.isDue(undefined));
  });

  for (const kind of ["ready", "thinking"] as const)
    it(`is not made again where the engine was ${kind}: it is slow, and would be again`, async () => {
      engine = kind;
      await request.watch(place, late);
      assert.ok(!request.isDue(place));
    });

  it("is not made again where it was answered, or given up for a newer keystroke", async () => {
    await request.watch(place, () => Promise.resolve({ ...emptyInfill("deadline", "m", 1), text: "certain" }));
    assert.ok(!request.isDue(place));
    await request.watch(place, () => Promise.resolve(emptyInfill("aborted", "", 1)));
    assert.ok(!request.isDue(place));
  });

  it("is forgotten with the next one, which may still be answered", async () => {
    let finish: (infill: Infill) => void = () => undefined;
    const first = request.watch(place, () => new Promise((resolve) => (finish = resolve)));
    await request.watch(place, late);
    const second = request.watch({ ...place, version: 4 }, () => new Promise(() => undefined));
    assert.ok(!request.isDue(place));
    finish(await late());
    await first;
    assert.ok(!request.isDue(place));
    void second;
  });
});
