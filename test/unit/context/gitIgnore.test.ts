import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { isIgnored, parseIgnoreFile, type IgnoreFile } from "../../../src/context/gitIgnore";

function files(...texts: [folder: string, text: string][]): IgnoreFile[] {
  return texts.map(([folder, text]) => ({ folder, rules: parseIgnoreFile(text) }));
}

describe("a .gitignore", () => {
  const verdict = (text: string, name: string): boolean => isIgnored(files(["", text]), name);

  it("names files in any folder, or from its own where it holds a slash", () => {
    assert.equal(verdict("secret.ts", "a/b/secret.ts"), true);
    assert.equal(verdict("/secret.ts", "a/secret.ts"), false);
    assert.equal(verdict("a/*.key", "a/x.key"), true);
    assert.equal(verdict("a/*.key", "a/b/x.key"), false);
    assert.equal(verdict("a/**/x", "a/b/c/x"), true);
    assert.equal(verdict("# secret.ts\n", "secret.ts"), false);
    assert.equal(verdict("\uFEFFsecret.ts\n", "secret.ts"), true);
  });

  it("ignores all that lies in an ignored folder, and takes back what it is told to", () => {
    assert.equal(verdict("build/", "build/a/b.js"), true);
    assert.equal(verdict("build/", "build"), false);
    assert.equal(verdict("*.js\n!keep.js", "keep.js"), false);
    assert.equal(verdict("build/\n!build/keep.js", "build/keep.js"), true);
    assert.equal(isIgnored(files(["", "*.ts"], ["a", "!x.ts"]), "a/x.ts"), false);
    assert.equal(isIgnored(files(["", "*.ts"], ["a", "!x.ts"]), "b/x.ts"), true);
  });

  it("is read as git reads it", function () {
    this.timeout(60_000);
    if (spawnSync("git", ["--version"]).status !== 0) {
      console.log("      not run: there is no git");
      this.skip();
    }
    const folder = mkdtempSync(path.join(tmpdir(), "unmask-ignore-"));
    try {
      execFileSync("git", ["init", "-q"], { cwd: folder });
      const names = ["b", "ab", "a.c", "a/b", "a/a.c", "b/a/ab", "a/b/a/a.c", "b/b", "ab/a b", "b/a.c "];
      mkdirSync(path.join(folder, "a"));
      // Two stars within a name, and empty names, mean what they happen to mean in git's matcher: nobody writes them.
      const part = fc.constantFrom("a", "b", "*", "?", ".c", "[ab]", "[!a]", "\\a", " ", "[a-b]", "[");
      const name = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("").replace(/\*+/g, "*"));
      const line = fc
        .tuple(
          fc.constantFrom("", "!", "/", "#", "!/"),
          fc.array(fc.oneof(name, fc.constant("**")), { minLength: 1, maxLength: 3 }),
          fc.constantFrom("", "/"),
        )
        .map(([first, segments, last]) => first + segments.join("/") + last);
      const text = fc.array(line, { maxLength: 4 }).map((lines) => lines.join("\n"));
      fc.assert(
        fc.property(text, text, (top, inner) => {
          writeFileSync(path.join(folder, ".gitignore"), top);
          writeFileSync(path.join(folder, "a", ".gitignore"), inner);
          const git = spawnSync("git", ["check-ignore", "--no-index", "--stdin", "-z"], { cwd: folder, input: names.join("\0") });
          const theirs = git.stdout.toString().split("\0").filter(Boolean);
          const ours = names.filter((name) => isIgnored(files(["", top], ["a", inner]), name));
          assert.deepEqual(ours, theirs);
        }),
        { numRuns: 300 },
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
