import assert from "node:assert/strict";
import { settingTarget } from "../../../src/ui/settingTarget";
import { switchedLanguages } from "../../../src/ui/switchedLanguages";

describe("settingTarget", () => {
  it("is the workspace where it has a value, which would hide the user's own", () => {
    assert.equal(settingTarget({ globalValue: true, workspaceValue: false }), "workspace");
  });
  it("is the user's settings else", () => {
    assert.equal(settingTarget({ globalValue: true }), "global");
    assert.equal(settingTarget(undefined), "global");
  });
});

describe("switchedLanguages", () => {
  it("switches one language and leaves the others", () => {
    assert.deepEqual(switchedLanguages({ go: false }, {}, "python", false), { go: false, python: false });
  });
  it("says nothing where what lies below says the same", () => {
    assert.equal(switchedLanguages({ markdown: true }, { markdown: false }, "markdown", false), undefined);
    assert.deepEqual(switchedLanguages({ go: false }, { markdown: false }, "markdown", false), { go: false });
  });
});
