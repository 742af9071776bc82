import assert from "node:assert/strict";
import { statusView, type StatusInput } from "../../../src/ui/statusView";

const on: StatusInput = {
  enabled: true,
  language: { id: "python", on: true },
  model: { kind: "have", directory: "/m" },
  engine: { kind: "ready", model: "pilot", runtime: "onnxruntime-node", threads: 2 },
};
const shown = (more: Partial<StatusInput>): string => {
  const { text, label, severity } = statusView({ ...on, ...more });
  return `${text} | ${label} | ${severity}`;
};

describe("statusView", () => {
  for (const [title, more, expected] of [
    ["ready", {}, "$(circle-large-filled) Unmask | Unmask: ready (pilot; onnxruntime-node, 2 threads) | none"],
    [
      "thinking",
      { engine: { kind: "thinking", model: "pilot", runtime: "onnxruntime-web", threads: 1 } },
      "$(loading~spin) Unmask | Unmask: thinking (pilot; onnxruntime-web, 1 thread) | none",
    ],
    ["loading", { engine: { kind: "loading" } }, "$(sync~spin) Unmask | Unmask: loading the model | none"],
    [
      "loading with a percentage",
      { model: { kind: "getting", progress: { stage: "fetching", done: 41, total: 100, bytesPerSecond: 12_300_000 } } },
      "$(sync~spin) Unmask 41 % | Unmask: loading 41 % (fetching the model, 41 %, 12.3 MB/s, 1 s left) | none",
    ],
    [
      "waiting, whose percentage is not known",
      { model: { kind: "getting", progress: { stage: "waiting", done: 0, total: 0 } } },
      "$(sync~spin) Unmask | Unmask: loading (waiting for another window that prepares the model) | none",
    ],
    ["off", { enabled: false }, "$(circle-slash) Unmask | Unmask: off: click to switch it on | none"],
    [
      "off for the language",
      { language: { id: "go", on: false } },
      "$(circle-slash) Unmask | Unmask: off for go: click to switch it on | none",
    ],
    [
      "snoozed, whatever the engine does",
      { snoozed: { kind: "at", atMs: new Date(2026, 10, 27, 14, 5).getTime() }, engine: { kind: "loading" } },
      "$(bell-slash) Unmask | Unmask: snoozed until 14:05: click to wake it up | none",
    ],
    [
      "off, though snoozed",
      { enabled: false, snoozed: { kind: "windowCloses" } },
      "$(circle-slash) Unmask | Unmask: off: click to switch it on | none",
    ],
    ["no model", { model: { kind: "missing" } }, '$(warning) Unmask | Unmask: no model yet: click, or run "Unmask: Get Model" | warning'],
    [
      "a model that failed",
      { model: { kind: "failed", message: "Full: free some." } },
      "$(error) Unmask | Unmask: Full: free some. | error",
    ],
    [
      "an engine that failed, with what to do",
      { engine: { kind: "failed", failure: { kind: "engineDied", detail: "killed" } } },
      "$(error) Unmask | Unmask: The engine stopped (killed); it starts again with the next request. | error",
    ],
    [
      "an engine that died too often, which stays down until it is restarted",
      { engine: { kind: "failed", failure: { kind: "engineKeepsDying", times: 4, detail: "killed" } } },
      '$(error) Unmask | Unmask: The engine stopped 4 times in a row (killed): run "Unmask: Restart Engine", and "Unmask: Show Log" if it happens again. | error',
    ],
    [
      "asleep because another window has the engine",
      { engine: { kind: "stopped", why: "otherWindow" } },
      "$(circle-outline) Unmask | Unmask: asleep, another window has the engine: it comes back with the next keystroke | none",
    ],
    ["asleep", { engine: { kind: "stopped" } }, "$(circle-outline) Unmask | Unmask: asleep: it wakes with the next keystroke | none"],
  ] as const) {
    it(`shows ${title}`, () => assert.equal(shown(more), expected));
  }

  it("has a title for the menu that does not tell one to click", () => {
    for (const more of [{}, { enabled: false }, { language: { id: "go", on: false } }, { model: { kind: "missing" } }] as const)
      assert.doesNotMatch(statusView({ ...on, ...more }).title, /click/);
    assert.equal(statusView({ ...on, model: { kind: "missing" } }).title, "Unmask: no model yet");
  });
});
