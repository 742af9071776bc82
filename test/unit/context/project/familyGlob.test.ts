import assert from "node:assert/strict";
import { familyGlob } from "../../../../src/context/project/familyGlob";

describe("the files that a family's project consists of", () => {
  it("are those of all its languages", () => {
    assert.equal(familyGlob("script"), "**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,vue,svelte}");
    assert.equal(familyGlob("jvm"), "**/*.{java,kt,kts,groovy,scala}");
    assert.equal(familyGlob("go"), "**/*.go");
  });

  it("are none where definitions are not found by their words", () => {
    assert.equal(familyGlob("markdown"), undefined);
    assert.equal(familyGlob("json"), undefined);
    assert.equal(familyGlob("constructor"), undefined);
  });
});
