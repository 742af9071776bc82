import assert from "node:assert/strict";
import { familyGlob } from "../../../../src/context/project/familyGlob";

describe("the files that a language's project consists of", () => {
  it("are those of its whole family", () => {
    assert.equal(familyGlob("javascript", "/project/a.js"), "**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,vue,svelte}");
    assert.equal(familyGlob("python", "/project/tool"), "**/*.{py,pyi}");
    assert.equal(familyGlob("kotlin", "/project/A.kt"), "**/*.{java,kt,kts,groovy,scala}");
  });

  it("are those with the document's own ending where the family has one", () => {
    assert.equal(familyGlob("go", "/project/main.go"), "**/*.go");
    assert.equal(familyGlob("constructor", "/project/a.b.zig"), "**/*.zig");
  });

  it("are none where the document has no ending, or one that a glob would read otherwise", () => {
    assert.equal(familyGlob("makefile", "/project/Makefile"), undefined);
    assert.equal(familyGlob("odd", "/project/a.{b}"), undefined);
    assert.equal(familyGlob("odd", "/project.d/a"), undefined);
  });
});
