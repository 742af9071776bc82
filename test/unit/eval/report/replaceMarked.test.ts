import assert from "node:assert/strict";
import fc from "fast-check";
import { EvalError } from "../../../eval/evalError";
import { replaceMarked } from "../../../eval/report/replaceMarked";

const card = (between: string): string => `# Model\n\n<!-- eval:begin -->${between}<!-- eval:end -->\n\n## Limits\n`;

describe("what stands between a card's markers", () => {
  it("is replaced, and nothing else is", () =>
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, now) => {
        fc.pre(!/<!--/.test(before + now));
        assert.equal(replaceMarked(card(before), now, "card"), card(`\n\n${now.trim()}\n\n`));
      }),
    ));

  it("stays the same when it is written again", () => {
    const once = replaceMarked(card(""), "| a |", "card");
    assert.equal(replaceMarked(once, "| a |", "card"), once);
  });

  it("is not looked for where a marker is missing, doubled or in the wrong place", () => {
    const [begin, end] = ["<!-- eval:begin -->", "<!-- eval:end -->"];
    for (const text of ["", begin, end, `${end}${begin}`, `${begin}${begin}${end}`, `${begin}${end}${end}`])
      assert.throws(
        () => replaceMarked(text, "x", "card.md"),
        (error) => error instanceof EvalError && error.failure.kind === "noMarkers" && error.message.startsWith("card.md"),
        text,
      );
  });
});
