import assert from "node:assert/strict";
import { filledText, withLineEnds } from "../../../src/fill/fillText";
import { fillVerdict } from "../../../src/fill/fillVerdict";
import { infill } from "../completion/fakeBackend";

describe("filledText", () => {
  it("replaces the range and nothing else", () => assert.equal(filledText("a[b]c", { start: 1, end: 4 }, "X"), "aXc"));
});

describe("withLineEnds", () => {
  it("writes the document's line ends", () => {
    assert.equal(withLineEnds("a\nb\r\nc", "\r\n"), "a\r\nb\r\nc");
    assert.equal(withLineEnds("a\nb", "\n"), "a\nb");
  });
});

describe("fillVerdict", () => {
  it("shows a fill that fits without a remark", () => assert.deepEqual(fillVerdict(infill("x"), "y"), { kind: "show" }));
  it("shows a fill that removes what was selected", () => assert.deepEqual(fillVerdict(infill(""), "y"), { kind: "show" }));
  it("remarks that a fill does not fit, or is cut at its length", () => {
    assert.deepEqual(fillVerdict(infill("x", { fits: false }), ""), { kind: "show", remark: "it does not lead into what follows" });
    assert.match((fillVerdict(infill("x", { ended: "length" }), "") as { remark: string }).remark, /not finished/);
  });
  it("says in one sentence that nothing or nothing new came", () => {
    for (const text of ["", "same"]) {
      const verdict = fillVerdict(infill(text), text);
      assert.equal(verdict.kind, "nothing");
      assert.match((verdict as { why: string }).why, /: select more/);
    }
  });
  it("is silent where the user cancelled", () =>
    assert.deepEqual(fillVerdict(infill("x", { ended: "aborted" }), ""), { kind: "cancelled" }));
});
