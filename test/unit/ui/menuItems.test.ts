import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { menuItems } from "../../../src/ui/menuItems";
import type { StatusInput } from "../../../src/ui/statusView";

const on: StatusInput = {
  enabled: true,
  language: { id: "python", on: true },
  model: { kind: "have", directory: "/m" },
  engine: { kind: "ready", model: "pilot", runtime: "onnxruntime-node", threads: 2 },
};
const commands = (more: Partial<StatusInput> = {}): string[] => menuItems({ ...on, ...more }).map(({ command }) => command);
const damaged = { kind: "failed", failure: { kind: "modelDamaged", file: "/m/x", detail: "cut off" } } as const;

describe("menuItems", () => {
  it("begins with the switch where all is well, and does not offer a model that is there", () => {
    assert.equal(commands()[0], "unmask.toggle");
    assert.equal(commands().includes("unmask.getModel"), false);
  });

  for (const [title, more, first] of [
    ["a model that is missing", { model: { kind: "missing" } }, "unmask.getModel"],
    ["a model that could not be got", { model: { kind: "failed", message: "Full." } }, "unmask.getModel"],
    ["a model that is damaged", { engine: damaged }, "unmask.getModel"],
    [
      "an engine that stays down",
      { engine: { kind: "failed", failure: { kind: "engineKeepsDying", times: 4, detail: "" } } },
      "unmask.restartEngine",
    ],
    ["being off, whatever else there is", { enabled: false, model: { kind: "missing" } }, "unmask.toggle"],
  ] as const) {
    it(`begins with what helps against ${title}`, () => assert.equal(commands(more)[0], first));
  }

  it("offers no command twice, and none that there is not", () => {
    const manifest = JSON.parse(readFileSync("package.json", "utf8")) as { contributes: { commands: { command: string }[] } };
    const known = manifest.contributes.commands.map(({ command }) => command);
    for (const more of [
      {},
      { model: { kind: "missing" } },
      { engine: damaged },
      { enabled: false, language: undefined },
      { snoozed: { kind: "windowCloses" } },
    ] as const) {
      const offered = commands(more);
      assert.deepEqual([...new Set(offered)], offered);
      assert.deepEqual(
        offered.filter((command) => !known.includes(command)),
        [],
      );
    }
  });

  it("offers the walkthrough until it was opened once, and where the model is missing", () => {
    const offers = (more: Partial<StatusInput>, isNew: boolean): boolean =>
      menuItems({ ...on, ...more }, isNew).some(({ command }) => command === "unmask.openWalkthrough");
    assert.equal(offers({}, true), true);
    assert.equal(offers({}, false), false);
    assert.equal(offers({ model: { kind: "missing" } }, false), true);
  });

  it("begins with waking up where suggestions are snoozed, and offers to snooze where they are on", () => {
    const snoozed = { kind: "windowCloses" } as const;
    assert.equal(commands({ snoozed })[0], "unmask.endSnooze");
    assert.equal(commands({ snoozed, enabled: false }).includes("unmask.endSnooze"), false);
    assert.ok(commands().includes("unmask.snooze"));
    assert.equal(commands({ enabled: false }).includes("unmask.snooze"), false);
  });

  it("offers the model where nobody has looked for it yet, and the language only where there is one", () => {
    assert.ok(commands({ model: { kind: "unknown" } }).includes("unmask.getModel"));
    assert.equal(commands({ language: undefined }).includes("unmask.toggleLanguage"), false);
  });
});
