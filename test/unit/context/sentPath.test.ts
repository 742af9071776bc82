import assert from "node:assert/strict";
import fc from "fast-check";
import { sentPath } from "../../../src/context/sentPath";

describe("the path that is sent", () => {
  it("is a project's file as it is, with slashes", () => {
    assert.equal(sentPath("src/a/b.ts"), "src/a/b.ts");
    assert.equal(sentPath("src\\a\\b.ts"), "src/a/b.ts");
    assert.equal(sentPath("./b.ts"), "b.ts");
  });

  it("is no more than the folder and the name of a file elsewhere", () => {
    assert.equal(sentPath("/home/someone/private/notes.py"), "private/notes.py");
    assert.equal(sentPath("C:\\Users\\someone\\x\\notes.py"), "x/notes.py");
    assert.equal(sentPath("../../someone/x/notes.py"), "x/notes.py");
    assert.equal(sentPath("C:\\notes.py"), "notes.py");
  });

  it("is never absolute and never leads out, whatever it is made of", () => {
    const part = fc.constantFrom("a", "..", ".", "b c.ts", "C:", "", "ü");
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), fc.constantFrom("/", "\\"), (parts, separator) => {
        const sent = sentPath(parts.join(separator));
        assert.ok(!/^[/\\]|^[A-Za-z]:|\\/.test(sent), sent);
        assert.ok(!sent.split("/").includes(".."), sent);
      }),
    );
  });
});
