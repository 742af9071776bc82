import assert from "node:assert/strict";
import fc from "fast-check";
import type { CanvasCell, DenoisingStep } from "../../../src/backends/infiller";
import { CONTEXT_CHARACTERS, TraceRecorder } from "../../../src/trace/recording";
import { SAMPLE_REQUEST, sampleInfill, sampleSteps } from "./sampleRecording";

const place = { file: "a.ts", line: 7 };
const start = { place, request: SAMPLE_REQUEST };

function stepOf(pass: number, cellCount = 1): DenoisingStep {
  const cell: CanvasCell = { state: "masked", text: "", confidence: 0, alternatives: [] };
  return { pass, atMs: pass * 30, cells: Array.from({ length: cellCount }, () => ({ ...cell })) };
}

describe("TraceRecorder", () => {
  it("keeps a request's place, summary, steps and result", () => {
    const recorder = new TraceRecorder(undefined, () => 1234);
    const handle = recorder.start(start);
    assert.equal(recorder.find(handle.id)?.outcome.kind, "running");
    const steps = sampleSteps();
    steps.forEach(handle.onStep);
    const infill = sampleInfill(steps);
    handle.finish(infill);
    const recording = recorder.find(handle.id)!;
    assert.deepEqual(recording.place, place);
    assert.equal(recording.startedAtMs, 1234);
    assert.equal(recording.request.region, "lines");
    assert.deepEqual(recording.steps, steps);
    assert.deepEqual(recording.outcome, { kind: "finished", infill });
  });

  it("keeps why a request failed", () => {
    const recorder = new TraceRecorder();
    const handle = recorder.start(start);
    handle.fail("The engine stopped.");
    assert.deepEqual(recorder.find(handle.id)?.outcome, { kind: "failed", message: "The engine stopped." });
  });

  it("changes nothing after the end", () => {
    const recorder = new TraceRecorder();
    const handle = recorder.start(start);
    handle.finish(sampleInfill());
    handle.fail("late");
    handle.onStep(stepOf(1));
    assert.equal(recorder.find(handle.id)?.outcome.kind, "finished");
    assert.equal(recorder.find(handle.id)?.steps.length, 0);
  });

  it("drops the oldest recording, and never gives its id again", () => {
    const recorder = new TraceRecorder({ recordings: 2, steps: 10, cells: 100 });
    const ids = [1, 2, 3].map(() => recorder.start(start).id);
    assert.deepEqual(
      recorder.recordings.map((recording) => recording.id),
      ids.slice(1),
    );
    assert.equal(new Set(ids).size, 3);
  });

  it("keeps of the file only what stands next to the region", () => {
    const recorder = new TraceRecorder();
    const { id } = recorder.start({
      place,
      request: { ...SAMPLE_REQUEST, prefix: `${"x".repeat(9_000)}END`, suffix: `BEGIN${"y".repeat(9_000)}` },
    });
    const { before, after } = recorder.find(id)!.request;
    assert.equal(before.length, CONTEXT_CHARACTERS);
    assert.equal(after.length, CONTEXT_CHARACTERS);
    assert.ok(before.endsWith("END") && after.startsWith("BEGIN"));
  });

  it("makes equal cells of consecutive steps one object", () => {
    const recorder = new TraceRecorder();
    const handle = recorder.start(start);
    handle.onStep(stepOf(1, 3));
    handle.onStep({ ...stepOf(2, 3), cells: [...stepOf(2, 2).cells, { ...stepOf(2).cells[0]!, state: "remasked" }] });
    const [first, second] = recorder.find(handle.id)!.steps;
    assert.equal(second!.cells[0], first!.cells[0]);
    assert.notEqual(second!.cells[2], first!.cells[2]);
  });

  it("tells listeners of starts, steps and ends until they are disposed", () => {
    const recorder = new TraceRecorder();
    const heard: string[] = [];
    const subscription = recorder.onDidChange((change) => heard.push(change.kind));
    const handle = recorder.start(start);
    handle.onStep(stepOf(1));
    handle.finish(sampleInfill());
    subscription.dispose();
    recorder.start(start);
    assert.deepEqual(heard, ["list", "step", "list"]);
  });

  it("stays within its limits, and keeps the first and the last step, in order", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(12), { minLength: 1, maxLength: 200 }),
        fc.integer({ min: 2, max: 20 }),
        fc.integer({ min: 10, max: 200 }),
        (sizes, steps, cells) => {
          const recorder = new TraceRecorder({ recordings: 1, steps, cells });
          const handle = recorder.start(start);
          for (const [index, size] of sizes.entries()) {
            handle.onStep(stepOf(index + 1, size));
            const kept = recorder.find(handle.id)!.steps;
            const total = kept.reduce((sum, step) => sum + step.cells.length, 0);
            assert.ok(kept.length <= steps);
            assert.ok(total <= cells || kept.length <= 2);
            assert.equal(kept[0]!.pass, 1);
            assert.equal(kept.at(-1)!.pass, index + 1);
            assert.ok(kept.every((step, i) => i === 0 || step.pass > kept[i - 1]!.pass));
          }
        },
      ),
    );
  });
});
