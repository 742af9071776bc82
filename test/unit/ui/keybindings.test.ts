import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";

interface Contributes {
  readonly commands: readonly { command: string; category?: string }[];
  readonly keybindings: readonly { command: string; key: string; when?: string }[];
}

const { contributes } = JSON.parse(readFileSync(path.join(__dirname, "../../../package.json"), "utf8")) as { contributes: Contributes };
const parts = (when = ""): string[] => when.split("&&").map((part) => part.trim());

describe("keybindings", () => {
  it("of a preview act in the preview alone, not in any other comparison", () => {
    for (const { command, when } of contributes.keybindings.filter((binding) => parts(binding.when).includes("unmask.fillPreview"))) {
      assert.ok(parts(when).includes("resourceScheme == unmask-fill"), command);
    }
  });
  it("take Escape only while a fill runs or is shown, and only where nothing else would end with it", () => {
    const escapes = contributes.keybindings.filter(({ key }) => key === "escape");
    assert.ok(escapes.length > 0);
    for (const { command, when } of escapes) {
      assert.ok(parts(when).some((part) => part === "unmask.filling" || part === "unmask.fillPreview"));
      for (const other of ["findWidgetVisible", "suggestWidgetVisible", "inlineSuggestionVisible"])
        assert.ok(parts(when).includes(`!${other}`), `${command} takes Escape from ${other}`);
    }
    const cancel = escapes.find(({ command }) => command === "unmask.cancelFill");
    assert.ok(parts(cancel?.when).includes("!editorHasMultipleSelections"));
  });
  it("never take Tab", () => {
    for (const { key } of contributes.keybindings) assert.doesNotMatch(key, /\btab\b/i);
  });
  it("and commands: each command says whose it is", () => {
    for (const { command, category } of contributes.commands) assert.equal(category, "Unmask", command);
  });
});
