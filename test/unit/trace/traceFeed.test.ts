import assert from "node:assert/strict";
import fc from "fast-check";
import { INITIAL_STATE, reduce, type ViewState } from "../../../media/trace/viewState";
import { TraceRecorder, type RecordingHandle } from "../../../src/trace/recording";
import { TraceFeed } from "../../../src/trace/traceFeed";
import { parsePageMessage, type HostMessage } from "../../../src/trace/traceProtocol";
import { SAMPLE_REQUEST, sampleInfill, sampleSteps } from "./sampleRecording";

/** A page and a clock of the test's own: time passes only by `pass`. */
class Bench {
  nowMs = 0;
  readonly recorder = new TraceRecorder({ recordings: 3, steps: 8, cells: 1_000 });
  readonly posted: { atMs: number; message: HostMessage }[] = [];
  page: ViewState = INITIAL_STATE;
  private timer: { dueMs: number; callback: () => void } | undefined;
  readonly feed = new TraceFeed(
    this.recorder,
    (message) => {
      this.posted.push({ atMs: this.nowMs, message });
      this.deliver(message);
    },
    (callback, afterMs) => {
      assert.equal(this.timer, undefined, "one round is planned at a time");
      this.timer = { dueMs: this.nowMs + afterMs, callback };
      return () => (this.timer = undefined);
    },
    () => this.nowMs,
  );

  start(): RecordingHandle {
    return this.recorder.start({ place: { file: "a.ts", line: 7 }, request: SAMPLE_REQUEST });
  }

  /** As the page does it: what is selected and not here is asked for. */
  private deliver(message: HostMessage): void {
    const before = this.page;
    this.page = reduce(before, { type: "message", message });
    const { selected, loaded } = this.page;
    if (selected !== undefined && loaded === undefined && (selected !== before.selected || before.loaded !== undefined)) {
      this.feed.receive({ type: "watch", id: selected });
    }
  }

  pass(ms: number): void {
    const endMs = this.nowMs + ms;
    while (this.timer !== undefined && this.timer.dueMs <= endMs) {
      const { dueMs, callback } = this.timer;
      this.timer = undefined;
      this.nowMs = Math.max(this.nowMs, dueMs);
      callback();
    }
    this.nowMs = endMs;
  }
}

const steps = sampleSteps();

describe("TraceFeed", () => {
  it("sends the list and, when asked, the steps of one recording", () => {
    const bench = new Bench();
    const handle = bench.start();
    handle.onStep(steps[0]!);
    bench.feed.receive({ type: "ready" });
    bench.pass(100);
    assert.deepEqual(bench.page.loaded?.steps, [steps[0]]);
    handle.onStep(steps[1]!);
    bench.pass(100);
    assert.equal(bench.posted.at(-1)?.message.type, "steps");
    assert.deepEqual(bench.page.loaded?.steps, steps.slice(0, 2));
  });

  it("sends no steps of recordings that are not watched", () => {
    const bench = new Bench();
    const first = bench.start();
    bench.start();
    bench.feed.receive({ type: "ready" });
    bench.pass(100);
    const sent = bench.posted.length;
    first.onStep(steps[0]!);
    bench.pass(100);
    assert.equal(bench.posted.length, sent);
  });

  it("makes at most 30 rounds a second, and loses nothing", () => {
    const bench = new Bench();
    const handle = bench.start();
    bench.pass(1_000);
    bench.posted.length = 0;
    const beginMs = bench.nowMs;
    for (let ms = 0; ms < 1_000; ms++) {
      if (ms % 200 === 0) handle.onStep({ ...steps[0]!, pass: ms + 1 });
      handle.onStep({ ...steps[1]!, pass: ms + 2 });
      bench.pass(1);
    }
    handle.finish(sampleInfill());
    const rounds = new Set(bench.posted.filter(({ atMs }) => atMs < beginMs + 1_000).map(({ atMs }) => atMs));
    assert.ok(rounds.size > 20 && rounds.size <= 30, `${rounds.size} rounds`);
    bench.pass(100);
    assert.deepEqual(bench.page.loaded?.steps, bench.recorder.find(handle.id)?.steps);
    assert.equal(bench.page.heads[0]?.outcome.kind, "finished");
  });

  it("sends a hidden page nothing, and all of it when shown again", () => {
    const bench = new Bench();
    const handle = bench.start();
    bench.feed.receive({ type: "ready" });
    bench.pass(100);
    handle.onStep(steps[0]!); // a round is planned when the page is hidden
    bench.feed.setVisible(false);
    const sent = bench.posted.length;
    handle.onStep(steps[1]!);
    handle.finish(sampleInfill());
    bench.pass(1_000);
    assert.equal(bench.posted.length, sent);
    bench.feed.setVisible(true);
    bench.pass(100);
    assert.deepEqual(bench.page.loaded?.steps, steps.slice(0, 2));
    assert.equal(bench.page.heads[0]?.outcome.kind, "finished");
  });

  it("is silent after dispose", () => {
    const bench = new Bench();
    bench.start();
    bench.feed.dispose();
    bench.start();
    bench.pass(1_000);
    assert.deepEqual(bench.posted, []);
  });

  it("leaves the page with what the recorder holds, whatever happened on the way", () => {
    const event = fc.constantFrom("start", "step", "finish", "fail", "hide", "show", "reload", "wait", "older");
    fc.assert(
      fc.property(fc.array(event, { maxLength: 120 }), (events) => {
        const bench = new Bench();
        let handle = bench.start();
        bench.feed.receive({ type: "ready" });
        for (const [index, what] of events.entries()) {
          if (what === "start") handle = bench.start();
          else if (what === "step") handle.onStep({ ...steps[index % steps.length]!, pass: index + 1 });
          else if (what === "finish") handle.finish(sampleInfill());
          else if (what === "fail") handle.fail("It failed.");
          else if (what === "hide") bench.feed.setVisible(false);
          else if (what === "show") bench.feed.setVisible(true);
          else if (what === "wait") bench.pass(50);
          else if (what === "older" && bench.page.heads.length > 1) {
            bench.page = reduce(bench.page, { type: "select", id: bench.page.heads.at(-1)!.id });
            bench.feed.receive({ type: "watch", id: bench.page.selected! });
          } else if (what === "reload") {
            bench.page = INITIAL_STATE;
            bench.feed.receive({ type: "ready" });
          }
        }
        bench.feed.setVisible(true);
        bench.pass(500);
        assert.deepEqual(
          bench.page.heads.map(({ id, outcome }) => [id, outcome.kind]),
          bench.recorder.recordings.map(({ id, outcome }) => [id, outcome.kind]).reverse(),
        );
        assert.deepEqual(bench.page.loaded?.steps, bench.recorder.find(bench.page.selected!)?.steps);
      }),
      { numRuns: 300 },
    );
  });
});

describe("parsePageMessage", () => {
  it("knows the page's messages", () => {
    assert.deepEqual(parsePageMessage({ type: "ready", more: 1 }), { type: "ready" });
    assert.deepEqual(parsePageMessage({ type: "watch", id: 3 }), { type: "watch", id: 3 });
  });

  it("refuses everything else", () => {
    for (const message of [
      undefined,
      null,
      1,
      "ready",
      {},
      { type: "watch" },
      { type: "watch", id: "3" },
      { type: "watch", id: 1.5 },
      { type: "eval" },
    ]) {
      assert.equal(parsePageMessage(message), undefined);
    }
  });
});
