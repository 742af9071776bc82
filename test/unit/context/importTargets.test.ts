import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { findImports } from "../../../src/context/findImports";
import { importLines } from "../../../src/context/importLines";
import { importTargets } from "../../../src/context/imports/importTargets";
import { languageFamily } from "../../../src/context/languageFamily";

/** Which of the existing files an import of the text means. */
function found(languageId: string, own: string, text: string, existing: readonly string[]): string[] {
  return importTargets(languageId, text, own).flatMap((candidates) => candidates.find((candidate) => existing.includes(candidate)) ?? []);
}

describe("imports", () => {
  const cases: [languageId: string, own: string, text: string, existing: string[], expected: string[]][] = [
    ["typescript", "src/a/b.ts", 'import { x } from "./c";\nimport "../d";', ["src/a/c.ts", "src/d/index.ts"], ["src/a/c.ts", "src/d/index.ts"]],
    ["typescript", "src/b.ts", 'import {\n  x,\n} from "./c.js";', ["src/c.js", "src/c.ts"], ["src/c.ts"]],
    ["javascript", "b.mjs", 'const c = require("./c");\nconst d = await import("./d.mjs");', ["c.js", "d.mjs"], ["c.js", "d.mjs"]],
    ["typescript", "b.ts", 'import x from ".";', ["index.ts"], ["index.ts"]],
    ["typescriptreact", "b.tsx", 'export * from "./c";\nimport React from "react";', ["c.tsx", "react.ts"], ["c.tsx"]],
    ["python", "pkg/sub/a.py", "from .b import x\nfrom ..c import y", ["pkg/sub/b.py", "pkg/c.py"], ["pkg/sub/b.py", "pkg/c.py"]],
    ["python", "pkg/a.py", "from . import b, c as d\nimport pkg.e, os", ["pkg/b.py", "pkg/c.py", "pkg/e.py"], ["pkg/b.py", "pkg/c.py", "pkg/e.py"]],
    ["python", "tests/a.py", "from pkg.b import (\n  x,\n)", ["src/pkg/b.py"], ["src/pkg/b.py"]],
    ["python", "a.py", "from pkg import mod", ["pkg/__init__.py", "pkg/mod.py"], ["pkg/__init__.py", "pkg/mod.py"]],
    ["go", "cmd/x/main.go", 'import (\n\t"fmt"\n\t"example.com/m/internal/store"\n)', ["cmd/x/", "internal/store/"], ["cmd/x/", "internal/store/"]],
    ["rust", "src/main.rs", "mod parse;\nuse crate::net::Conn;", ["src/parse.rs", "src/net/mod.rs"], ["src/parse.rs", "src/net/mod.rs"]],
    ["rust", "src/net/conn.rs", "use super::buf::Buf;\nmod inner;", ["src/net/buf.rs", "src/net/conn/inner.rs"], ["src/net/conn/inner.rs", "src/net/buf.rs"]],
    ["cpp", "src/a.cpp", '#include "b.h"\n#include <vector>\n#include "x/c.h"', ["src/b.h", "include/x/c.h"], ["src/b.h", "include/x/c.h"]],
    ["java", "src/main/java/p/q/A.java", "import p.r.B;\nimport static p.C.of;", ["src/main/java/p/r/B.java", "src/main/java/p/C.java"], ["src/main/java/p/r/B.java", "src/main/java/p/C.java"]],
    ["java", "src/A.java", "import .b.C;", ["b/C.java"], []],
    ["ruby", "app/a.rb", 'require_relative "b"\nrequire "c/d"', ["app/b.rb", "lib/c/d.rb"], ["app/b.rb", "lib/c/d.rb"]],
    ["haskell", "A.hs", "import B", ["B.hs"], []],
  ]; // prettier-ignore
  for (const [languageId, own, text, existing, expected] of cases)
    it(`are found in ${own}: ${JSON.stringify(text)}`, () => assert.deepEqual(found(languageId, own, text, existing), expected));

  it("never lead out of the project, whatever the text holds", () => {
    const part = fc.constantFrom(
      "import ",
      "from ",
      '"',
      "./",
      "../",
      "a",
      "\n",
      "mod ",
      "use super::",
      "#include ",
      "require",
      "(",
      ")",
      ";",
      ".",
      ",",
      "import x from ",
    );
    const language = fc.constantFrom("typescript", "python", "go", "rust", "c", "java", "ruby");
    fc.assert(
      fc.property(language, fc.array(part, { maxLength: 20 }), fc.constantFrom("a.x", "s/a.x", "s/t/mod.rs"), (languageId, parts, own) => {
        for (const candidate of importTargets(languageId, parts.join(""), own).flat()) {
          assert.ok(!candidate.startsWith("/") && !candidate.split("/").includes(".."), candidate);
        }
      }),
      { numRuns: 5_000 },
    );
  });

  it("are looked for on the disk: of each the first that is there, a folder's files of the same kind, never the file itself", async () => {
    const root = mkdtempSync(path.join(tmpdir(), "unmask-imports-"));
    try {
      mkdirSync(path.join(root, "store"));
      for (const name of ["own.go", "a.go", "store/b.go", "store/c.txt"]) writeFileSync(path.join(root, name), "");
      const targets = [["./"], ["missing/", "store/"], ["no.go", "a.go"]];
      const files = await findImports(targets, root, path.join(root, "own.go"), 20);
      assert.deepEqual(
        files.map((file) => path.relative(root, file)),
        ["a.go", path.join("store", "b.go")],
      );
      assert.equal((await findImports(targets, root, path.join(root, "own.go"), 1)).length, 1);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });
});

describe("import lines", () => {
  it("are those of a text but the one that is written", () => {
    assert.equal(importLines('import a from "a";\nconst b = 1;\nuse crate::x;\nfrom a imp'), 'import a from "a";\nuse crate::x;');
    assert.equal(importLines(""), "");
  });

  it("stay the same from key to key in a line", () => {
    const line = fc.constantFrom('import a from "a"', "from x import y", "x = 1", "", "use std::io;", "} from 'b';");
    fc.assert(
      fc.property(fc.array(line), line, fc.nat(20), (lines, last, typed) => {
        const above = lines.map((text) => `${text}\n`).join("");
        assert.equal(importLines(above + last.slice(0, typed)), importLines(above));
      }),
    );
  });
});

describe("language families", () => {
  it("hold the languages that share definitions, any other alone", () => {
    assert.equal(languageFamily("typescriptreact"), languageFamily("javascript"));
    assert.equal(languageFamily("c"), languageFamily("cpp"));
    assert.equal(languageFamily("constructor"), "constructor");
  });
});
