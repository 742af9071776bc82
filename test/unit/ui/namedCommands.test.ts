import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { EngineError, explain, type EngineFailure } from "../../../src/backends/engineError";
import { explainFailure } from "../../../src/ui/explainFailure";
import { namedCommands } from "../../../src/ui/namedCommands";

const FAILURES: readonly EngineFailure[] = [
  { kind: "modelMissing", directory: "/m" },
  { kind: "modelDamaged", file: "/m/model.onnx", detail: "cut off" },
  { kind: "engineWontStart", detail: "gone" },
  { kind: "engineDied", detail: "killed" },
  { kind: "engineKeepsDying", times: 4, detail: "killed" },
  { kind: "badRequest", detail: "no text" },
];

describe("namedCommands", () => {
  const manifest = JSON.parse(readFileSync("package.json", "utf8")) as {
    contributes: { commands: { command: string; title: string }[] };
  };
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

  it("gives commands that there are, under their titles", () => {
    for (const { title, command } of messages.flatMap((message) => namedCommands(message)))
      assert.equal(manifest.contributes.commands.find((known) => known.command === command)?.title, title);
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
