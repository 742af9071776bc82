import assert from "node:assert/strict";
import { EngineError, explain, type EngineFailure } from "../../../src/backends/engineError";
import { explainFailure } from "../../../src/ui/explainFailure";
import { unusableModel } from "../../../src/ui/unusableModel";
import { namedCommands } from "../../../src/ui/namedCommands";
import { commandTitle, NAMED_COMMANDS } from "../../../src/words/commandTitle";
import { ENGLISH, useUiLanguage } from "../../../src/words/uiLanguage";
import { readTables } from "../../../scripts/l10n/bundles.mjs";
import { readManifest } from "../manifest";

const FAILURES: readonly EngineFailure[] = [
  { kind: "modelMissing", directory: "/m" },
  { kind: "modelDamaged", file: "/m/model.onnx", detail: "cut off" },
  { kind: "engineWontStart", detail: "gone" },
  { kind: "engineDied", detail: "killed" },
  { kind: "engineKeepsDying", times: 4, detail: "killed" },
  { kind: "badRequest", detail: "no text" },
];

describe("namedCommands", () => {
  const titles = (language?: string): { command: string; title: string }[] =>
    (readManifest(language) as { contributes: { commands: { command: string; title: string }[] } }).contributes.commands;
  const messages = [...FAILURES.map(explain), explainFailure(new Error("full"), () => undefined)];

  for (const message of messages) {
    it(`gives every command that is named in: ${message}`, () => {
      const named = [...message.matchAll(/"Unmask: ([^"]+)"/g)].map((match) => match[1]!);
      assert.deepEqual(
        namedCommands(message).map(({ title }) => title),
        named.length === 0 ? ["Show Log"] : named,
      );
    });
  }

  it("gives buttons to restart the engine and to see the log where it died too often", () => {
    const { message } = new EngineError({ kind: "engineKeepsDying", times: 4, detail: "killed" });
    assert.deepEqual(
      namedCommands(message).map(({ title }) => title),
      ["Restart Engine", "Show Log"],
    );
  });

  for (const [language, bundle] of readTables(".", "bundle"))
    describe(`in the language ${language}`, () => {
      before(() => useUiLanguage({ tag: language, bundle }));
      after(() => useUiLanguage(ENGLISH));

      it("names commands by the titles that the palette shows", () => {
        const known = titles(language === "en" ? undefined : language);
        for (const id of NAMED_COMMANDS) assert.equal(commandTitle(id), known.find(({ command }) => command === `unmask.${id}`)?.title);
      });

      it("finds the commands that are named in English, in the order of the message", () => {
        const spoken = [...FAILURES.map(explain), explainFailure(new Error("full"), () => undefined), unusableModel("/m")];
        const expected = [["getModel"], ["getModel"], ["showLog"], ["showLog"], ["restartEngine", "showLog"], ["showLog"]];
        assert.deepEqual(
          spoken.map((message) => namedCommands(message).map(({ command }) => command.replace("unmask.", ""))),
          [...expected, ["showLog", "getModel"], ["openSettings"]],
        );
        for (const { title, command } of spoken.flatMap(namedCommands))
          assert.equal(title, commandTitle(command.replace("unmask.", "") as (typeof NAMED_COMMANDS)[number]));
      });
    });

  it("keeps the order in which they are named", () => {
    assert.deepEqual(namedCommands('run "Unmask: Restart Engine", or "Unmask: Open Settings"'), [
      { title: "Restart Engine", command: "unmask.restartEngine" },
      { title: "Open Settings", command: "unmask.openSettings" },
    ]);
  });

  it("passes over a name that is no command, and gives the log", () => {
    assert.deepEqual(namedCommands('see "Unmask: Constructor" and "Unmask: toString"'), [{ title: "Show Log", command: "unmask.showLog" }]);
  });
});
