import assert from "node:assert/strict";
import * as vscode from "vscode";

const ID = "unmask.unmask";
const ACTIVATION_LIMIT_MS = 500;

describe("the extension in a real VS Code", () => {
  const extension = (): vscode.Extension<unknown> => {
    const found = vscode.extensions.getExtension(ID);
    assert.ok(found, `${ID} is not there`);
    return found;
  };

  it("is there", () => {
    assert.equal(extension().id, ID);
  });

  it("activates at once: nothing big is loaded in it", async () => {
    const startMs = performance.now();
    await extension().activate();
    const tookMs = performance.now() - startMs;
    assert.ok(tookMs < ACTIVATION_LIMIT_MS, `activation took ${tookMs.toFixed(0)} ms`);
  });

  it("registers every command that package.json contributes", async () => {
    await extension().activate();
    const known = new Set(await vscode.commands.getCommands(true));
    const contributed = (extension().packageJSON as { contributes: { commands: { command: string }[] } }).contributes.commands;
    assert.ok(contributed.length > 0);
    assert.deepEqual(
      contributed.map(({ command }) => command).filter((command) => !known.has(command)),
      [],
    );
  });

  it("contributes the commands that the manual names", async () => {
    await extension().activate();
    const known = await vscode.commands.getCommands(true);
    for (const command of [
      "unmask.fillSelection",
      "unmask.fillNode",
      "unmask.acceptFill",
      "unmask.discardFill",
      "unmask.showDenoisingTrace",
    ])
      assert.ok(known.includes(command), command);
  });

  it("describes each setting, and gives it a default", () => {
    const { configuration } = (extension().packageJSON as { contributes: { configuration: Configuration | Configuration[] } }).contributes;
    const properties = [configuration].flat().flatMap((part) => Object.entries(part.properties));
    assert.ok(properties.length > 0);
    for (const [name, setting] of properties) {
      assert.match(name, /^unmask\./);
      assert.ok((setting.description ?? setting.markdownDescription ?? "").length > 10, `${name} has no description`);
      assert.notEqual(vscode.workspace.getConfiguration().inspect(name)?.defaultValue, undefined, `${name} has no default`);
    }
  });

  it("keeps what names programs, models and addresses out of a workspace's reach", () => {
    const { configuration } = (extension().packageJSON as { contributes: { configuration: Configuration | Configuration[] } }).contributes;
    const guarded = [configuration]
      .flat()
      .flatMap((part) => Object.entries(part.properties))
      .filter(([name]) => /path|directory|folder|url|file$/i.test(name));
    for (const [name, setting] of guarded) assert.match(setting.scope ?? "", /^machine/, `${name} can be set by a workspace`);
  });
});

interface Configuration {
  readonly properties: Record<string, { readonly description?: string; readonly markdownDescription?: string; readonly scope?: string }>;
}
