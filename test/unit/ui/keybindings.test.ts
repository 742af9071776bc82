import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";

interface Contributes {
  readonly commands: readonly { command: string; category?: string }[];
  readonly keybindings: readonly { command: string; key: string; when?: string }[];
}

const { contributes } = JSON.parse(readFileSync(path.join(__dirname, "../../../package.json"), "utf8")) as { contributes: Contributes };
const parts = (when = ""): string[] => when.split("&&").map((part) => part.trim());

const isInPeek = (when = ""): boolean => parts(when).includes("inReferenceSearchEditor");

describe("keybindings", () => {
  it("of a preview act in the preview alone, not in any other comparison", () => {
    for (const { command, when } of contributes.keybindings.filter((binding) => parts(binding.when).includes("unmask.fillPreview"))) {
      assert.ok(parts(when).includes("resourceScheme == unmask-fill"), command);
    }
  });
  it("take Escape only while a fill runs or is shown, and only where nothing else would end with it", () => {
    const escapes = contributes.keybindings.filter(({ key, when }) => key === "escape" && !isInPeek(when));
    assert.ok(escapes.length > 0);
    for (const { command, when } of escapes) {
      assert.ok(parts(when).some((part) => part === "unmask.filling" || part === "unmask.fillPreview"));
      for (const other of ["findWidgetVisible", "suggestWidgetVisible", "inlineSuggestionVisible"])
        assert.ok(parts(when).includes(`!${other}`), `${command} takes Escape from ${other}`);
    }
    const cancel = escapes.find(({ command }) => command === "unmask.cancelFill");
    assert.ok(parts(cancel?.when).includes("!editorHasMultipleSelections"));
  });
  it("never take Tab, but for ghost text in a peek view, where VS Code's own goes to another editor", () => {
    const tabs = contributes.keybindings.filter(({ key }) => /\btab\b/i.test(key));
    for (const { command, when } of tabs) assert.ok(isInPeek(when), command);
  });
  it("in a peek view act on ghost text alone, and leave the keys of the widgets beside it", () => {
    const inPeek = contributes.keybindings.filter(({ when }) => isInPeek(when));
    assert.deepEqual(inPeek.map(({ key }) => key).sort(), ["escape", "tab"]);
    for (const { when } of inPeek)
      for (const part of ["inlineSuggestionVisible", "editorTextFocus", "!suggestWidgetVisible"]) assert.ok(parts(when).includes(part));
  });
  it("and commands: each command says whose it is", () => {
    for (const { command, category } of contributes.commands) assert.equal(category, "Unmask", command);
  });
});
