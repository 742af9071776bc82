import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { languageStatusView, type LanguageStatusInput } from "../../../src/ui/languageStatusView";

const on: LanguageStatusInput = {
  enabled: true,
  language: { id: "python", on: true },
  model: { kind: "have", directory: "/m" },
  engine: { kind: "ready", model: "pilot", runtime: "onnxruntime-node", threads: 2 },
};
const dead = { kind: "failed", failure: { kind: "engineDied", detail: "killed" } } as const;
const shown = (more: Partial<LanguageStatusInput> = {}, hasTree = true): string => {
  const { text, detail, severity, isBusy, action } = languageStatusView({ ...on, ...more }, hasTree);
  return [text, detail, severity, isBusy ? "busy" : "idle", `[${action.title}]`].join(" | ");
};

describe("languageStatusView", () => {
  for (const [title, more, expected] of [
    ["on", {}, "Unmask: suggestions on | regions from the syntax tree | none | idle | [Switch off for python]"],
    [
      "off for the language, whatever the engine does",
      { language: { id: "go", on: false }, engine: dead },
      "Unmask: suggestions off | regions from the syntax tree | none | idle | [Switch on for go]",
    ],
    [
      "off everywhere",
      { enabled: false, engine: { kind: "loading" } },
      "Unmask: suggestions off | regions from the syntax tree | none | idle | [Switch on]",
    ],
    [
      "snoozed",
      { snoozed: { kind: "windowCloses" } },
      "Unmask: suggestions snoozed | regions from the syntax tree | none | idle | [Wake up]",
    ],
    [
      "busy while the engine loads",
      { engine: { kind: "loading" } },
      "Unmask: suggestions on | regions from the syntax tree | none | busy | [Switch off for python]",
    ],
    [
      "busy while the model is fetched",
      { model: { kind: "getting", progress: { stage: "fetching", done: 1, total: 2 } } },
      "Unmask: suggestions on | regions from the syntax tree | none | busy | [Switch off for python]",
    ],
    [
      "a warning where the engine failed, with what it is",
      { engine: dead },
      "Unmask: suggestions on | regions from the syntax tree; Unmask: The engine stopped (killed); it starts again with the next request. | warning | idle | [Switch off for python]",
    ],
    [
      "a warning where there is no model",
      { model: { kind: "missing" } },
      "Unmask: suggestions on | regions from the syntax tree; Unmask: no model yet | warning | idle | [Switch off for python]",
    ],
  ] as const) {
    it(`shows ${title}`, () => assert.equal(shown(more), expected));
  }

  it("says where indentation decides", () => assert.match(shown({}, false), /regions from indentation/));

  it("offers commands that there are", () => {
    const manifest = JSON.parse(readFileSync("package.json", "utf8")) as { contributes: { commands: { command: string }[] } };
    const known = manifest.contributes.commands.map(({ command }) => command);
    for (const more of [{}, { enabled: false }, { snoozed: { kind: "windowCloses" } }] as const)
      assert.ok(known.includes(languageStatusView({ ...on, ...more }, true).action.command));
  });
});
