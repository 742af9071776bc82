import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { IgnoreFiles } from "../../../src/context/ignoreFiles";

describe("the ignore files of the disk", () => {
  let root: string;
  const write = (name: string, text: string): void => {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  };
  beforeEach(() => (root = mkdtempSync(path.join(tmpdir(), "unmask-ignore-"))));
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it("count from the top of the repository down, though a folder in it is open", async () => {
    write(".git/info/exclude", "local.ts\n");
    write(".gitignore", "secret.ts\n");
    write("app/.gitignore", "own.ts\n");
    const files = new IgnoreFiles();
    const ignores = (name: string) => files.ignores(path.join(root, name), path.join(root, "app"));
    assert.deepEqual(await Promise.all(["app/secret.ts", "app/x/own.ts", "app/local.ts", "app/open.ts"].map(ignores)), [true, true, true, false]); // prettier-ignore
  });

  it("count from the open folder down where there is no repository, and are read once until they are cleared", async () => {
    write("app/.gitignore", "own.ts\n");
    const files = new IgnoreFiles();
    const ignores = (name: string) => files.ignores(path.join(root, "app", name), path.join(root, "app"));
    assert.deepEqual([await ignores("own.ts"), await ignores("new.ts")], [true, false]);
    write("app/.gitignore", "new.ts\n");
    assert.deepEqual([await ignores("own.ts"), await ignores("new.ts")], [true, false]);
    files.clear();
    assert.deepEqual([await ignores("own.ts"), await ignores("new.ts")], [false, true]);
  });
});
