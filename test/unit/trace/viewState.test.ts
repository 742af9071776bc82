import assert from "node:assert/strict";
import fc from "fast-check";
import { keyAction } from "../../../media/trace/keyAction";
import { delayToNextMs } from "../../../media/trace/playback";
import { fromStore, toStore } from "../../../media/trace/storedState";
import { INITIAL_STATE, isRunning, lastIndex, reduce, shownStep, type ViewAction, type ViewState } from "../../../media/trace/viewState";
import type { OutcomeHead, RecordingHead } from "../../../src/trace/traceProtocol";
import { sampleInfill, sampleSteps } from "./sampleRecording";

const steps = sampleSteps();
const finished: OutcomeHead = { ...sampleInfill(), kind: "finished", isEmpty: false };
const running: OutcomeHead = { kind: "running" };

function head(id: number, outcome: OutcomeHead = finished): RecordingHead {
  const place = { file: "a.ts", line: 1 };
  return { id, place, region: "line", languageId: "typescript", sampler: "verified", startedAtMs: 0, isThinned: false, outcome };
}
const list = (...heads: RecordingHead[]): ViewAction => ({ type: "message", message: { type: "list", heads } });
const recording = (id: number, count = steps.length): ViewAction => ({
  type: "message",
  message: { type: "recording", id, before: "", after: "", steps: steps.slice(0, count) },
});
const more = (id: number, from: number, to: number): ViewAction => ({
  type: "message",
  message: { type: "steps", id, from, steps: steps.slice(from, to) },
});
const after = (...actions: ViewAction[]): ViewState => actions.reduce(reduce, INITIAL_STATE);

describe("the trace page's state", () => {
  it("follows the newest request and its last step while live", () => {
    const one = after(list(head(1)), recording(1), list(head(2, running), head(1)), recording(2, 1), more(2, 1, 3));
    assert.equal(one.selected, 2);
    assert.equal(one.stepIndex, 2);
  });

  it("stays where the reader went, while the request goes on", () => {
    const state = after(
      list(head(1, running)),
      recording(1, 4),
      { type: "stepBy", count: -1 },
      more(1, 4, 8),
      list(head(2, running), head(1)),
    );
    assert.equal(state.selected, 1);
    assert.equal(state.stepIndex, 2);
    assert.equal(state.isLive, false);
  });

  it("goes back to the newest request's last step when made live again", () => {
    const state = after(
      list(head(2, running), head(1)),
      { type: "select", id: 1 },
      recording(1),
      { type: "setLive", isLive: true },
      recording(2, 3),
    );
    assert.equal(state.selected, 2);
    assert.equal(state.stepIndex, 2);
  });

  it("shows the last step of a request that is chosen", () => {
    assert.equal(after(list(head(2), head(1)), { type: "select", id: 1 }, recording(1)).stepIndex, steps.length - 1);
  });

  it("follows a running request that is chosen again after one has looked back", () => {
    const state = after(list(head(1, running)), recording(1, 4), { type: "stepBy", count: -2 }, { type: "select", id: 1 });
    assert.deepEqual([state.isLive, state.stepIndex], [true, 3]);
  });

  it("ignores steps of another recording, and the choice of one that is gone", () => {
    const state = after(list(head(2), head(1)), recording(2, 2));
    assert.equal(reduce(state, more(1, 0, 4)), state);
    assert.equal(reduce(state, { type: "select", id: 9 }), state);
  });

  it("asks for the whole when a message went missing, and goes on at the same pass", () => {
    const gap = after(list(head(1, running)), recording(1, 4), { type: "goTo", index: 1 }, more(1, 6, 7));
    assert.equal(gap.loaded, undefined);
    assert.equal(shownStep(reduce(gap, recording(1, 7)))?.pass, steps[1]!.pass);
  });

  it("stays at its pass when a long recording was thinned", () => {
    const state = after(list(head(1, running)), recording(1, 9), { type: "goTo", index: 6 });
    const thinned = steps.slice(0, 9).filter((_, index) => index % 2 === 0);
    const next = reduce(state, { type: "message", message: { type: "recording", id: 1, before: "", after: "", steps: thinned } });
    assert.equal(shownStep(next)?.pass, steps[6]!.pass);
  });

  it("chooses the newest when the selected recording is dropped", () => {
    assert.equal(after(list(head(2), head(1)), { type: "select", id: 1 }, list(head(3), head(2))).selected, 3);
  });

  it("plays from the first step when it stands at the end, and stops at the end", () => {
    let state = after(list(head(1)), recording(1), { type: "togglePlay" });
    assert.equal(state.stepIndex, 0);
    for (let tick = 0; tick < steps.length; tick++) state = reduce(state, { type: "tick" });
    assert.equal(state.stepIndex, steps.length - 1);
    assert.equal(state.isPlaying, false);
  });

  it("waits at the end of a running request, and stops once that has ended", () => {
    const state = after(list(head(1, running)), recording(1, 3), { type: "togglePlay" }, { type: "tick" });
    assert.equal(state.isPlaying, true);
    assert.equal(delayToNextMs(state), undefined);
    assert.notEqual(delayToNextMs(reduce(state, more(1, 3, 4))), undefined);
    assert.equal(reduce(state, list(head(1))).isPlaying, false);
  });

  it("keeps a step within the recording, whatever comes in whatever order", () => {
    const id = fc.integer({ min: 1, max: 4 });
    const count = fc.integer({ min: 0, max: steps.length });
    const action: fc.Arbitrary<ViewAction> = fc.oneof(
      fc.subarray([1, 2, 3, 4]).map((ids) => list(...ids.reverse().map((one, index) => head(one, index === 0 ? running : finished)))),
      fc.tuple(id, count).map(([one, many]) => recording(one, many)),
      fc.tuple(id, count, count).map(([one, from, to]) => more(one, from, to)),
      id.map((one): ViewAction => ({ type: "select", id: one })),
      fc.integer().map((index): ViewAction => ({ type: "goTo", index })),
      fc.integer({ min: -5, max: 5 }).map((by): ViewAction => ({ type: "stepBy", count: by })),
      fc.double().map((speed): ViewAction => ({ type: "setSpeed", speed })),
      fc.boolean().map((isLive): ViewAction => ({ type: "setLive", isLive })),
      fc.constantFrom<ViewAction>({ type: "togglePlay" }, { type: "tick" }),
    );
    fc.assert(
      fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
        let state = INITIAL_STATE;
        for (const one of actions) {
          state = reduce(state, one);
          assert.ok(state.stepIndex >= 0 && state.stepIndex <= lastIndex(state));
          assert.ok(state.selected === undefined || state.heads.some(({ id: known }) => known === state.selected));
          assert.ok(state.loaded === undefined || state.loaded.id === state.selected);
          assert.ok(!state.isLive || (state.selected === state.heads[0]?.id && state.stepIndex === lastIndex(state)));
          assert.ok(!(state.isLive && state.isPlaying));
          assert.ok(!state.isPlaying || state.stepIndex < lastIndex(state) || isRunning(state));
          assert.ok(state.speed > 0 && Number.isFinite(state.speed));
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("delayToNextMs", () => {
  const playing = after(list(head(1)), recording(1), { type: "togglePlay" });
  const tookMs = steps[1]!.atMs - steps[0]!.atMs;

  it("is the pass's own time, divided by the speed", () => {
    assert.equal(delayToNextMs({ ...playing, speed: 0.25 }), tookMs / 0.25);
  });

  it("is neither too quick to see nor so slow that it looks stuck", () => {
    assert.equal(delayToNextMs({ ...playing, speed: 1_000 }), 33);
    assert.equal(delayToNextMs({ ...playing, speed: 0.000_1 }), 2_000);
  });

  it("is none while paused", () => {
    assert.equal(delayToNextMs({ ...playing, isPlaying: false }), undefined);
  });
});

describe("what the page stores", () => {
  it("brings back the request, the pass and the speed", () => {
    const state = after(
      list(head(2), head(1)),
      { type: "select", id: 1 },
      recording(1),
      { type: "goTo", index: 3 },
      { type: "setSpeed", speed: 2 },
    );
    const restored = [list(head(2), head(1)), recording(1)].reduce(reduce, fromStore(JSON.parse(JSON.stringify(toStore(state)))));
    assert.equal(restored.selected, 1);
    assert.equal(restored.stepIndex, 3);
    assert.equal(restored.speed, 2);
    assert.equal(restored.isLive, false);
  });

  it("starts anew from anything else", () => {
    fc.assert(
      fc.property(fc.anything(), (stored) => {
        const state = fromStore(stored);
        assert.ok(state.speed > 0 && Number.isFinite(state.speed));
        assert.equal(typeof state.isLive, "boolean");
      }),
    );
    assert.deepEqual(fromStore({ speed: -1, isLive: "no", selected: "x", pass: 1.5 }), INITIAL_STATE);
  });
});

describe("keyAction", () => {
  it("steps by arrows, and leaves other keys alone", () => {
    assert.deepEqual(keyAction("ArrowLeft", INITIAL_STATE), { type: "stepBy", count: -1 });
    assert.deepEqual(keyAction("ArrowRight", INITIAL_STATE), { type: "stepBy", count: 1 });
    assert.deepEqual(keyAction("l", INITIAL_STATE), { type: "setLive", isLive: false });
    assert.equal(keyAction("Tab", INITIAL_STATE), undefined);
  });
});
