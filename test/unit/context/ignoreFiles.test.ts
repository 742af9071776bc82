import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { IgnoreFiles } from "../../../src/context/ignoreFiles";

describe("the ignore files of the disk", () => {
  let root: string;
  let nowMs = 0;
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
    const files = new IgnoreFiles(() => nowMs);
    const ignores = (name: string) => files.ignores(path.join(root, name), path.join(root, "app"));
    assert.deepEqual(await Promise.all(["app/secret.ts", "app/x/own.ts", "app/local.ts", "app/open.ts"].map(ignores)), [true, true, true, false]); // prettier-ignore
  });

  it("count from the open folder down where there is no repository, and hold some seconds, or until they are cleared", async () => {
    write("app/.gitignore", "own.ts\n");
    const files = new IgnoreFiles(() => nowMs);
    const ignores = (name: string) => files.ignores(path.join(root, "app", name), path.join(root, "app"));
    assert.deepEqual([await ignores("own.ts"), await ignores("new.ts")], [true, false]);
    write("app/.gitignore", "new.ts\n");
    assert.deepEqual([await ignores("own.ts"), await ignores("new.ts")], [true, false]);
    files.clear();
    assert.deepEqual([await ignores("own.ts"), await ignores("new.ts")], [false, true]);
  });

  it("are read anew where they have changed, above the open folder too, and so is where the repository begins", async () => {
    const files = new IgnoreFiles(() => nowMs);
    const ignores = async (...names: string[]): Promise<boolean[]> => {
      nowMs += 5_000;
      return Promise.all(names.map((name) => files.ignores(path.join(root, "app", name), path.join(root, "app"))));
    };
    write("app/own.ts", "");
    write(".gitignore", "own.ts\n");
    assert.deepEqual(await ignores("own.ts", "local.ts"), [false, false]);
    write(".git/info/exclude", "local.ts\n");
    assert.deepEqual(await ignores("own.ts", "local.ts"), [true, true]);
    write(".gitignore", "another.ts\n");
    write(".git/info/exclude", "# none\n");
    assert.deepEqual(await ignores("own.ts", "local.ts", "another.ts"), [false, false, true]);
    rmSync(path.join(root, ".gitignore"));
    assert.deepEqual(await ignores("own.ts", "local.ts", "another.ts"), [false, false, false]);
  });

  it("are not read again while they stay the same", async () => {
    const files = new IgnoreFiles(() => nowMs);
    const file = path.join(root, ".gitignore");
    const at = new Date(1_000_000);
    const ignores = (): Promise<boolean> => files.ignores(path.join(root, "own.ts"), root);
    write(".gitignore", "own.ts\n");
    utimesSync(file, at, at);
    assert.equal(await ignores(), true);
    // Of the same size and time: only who reads it sees the difference.
    write(".gitignore", "new.ts\n");
    utimesSync(file, at, at);
    nowMs += 5_000;
    assert.equal(await ignores(), true);
    utimesSync(file, at, new Date(2_000_000));
    assert.equal(await ignores(), true, "looked at again within seconds");
    nowMs += 5_000;
    assert.equal(await ignores(), false);
  });
});
