import assert from "node:assert/strict";
import prettier from "prettier";
import { markdownTable } from "../../eval/markdownTable";

describe("a Markdown table", () => {
  it("is as prettier lays it out, whatever the cells hold", async () => {
    const table = markdownTable(
      ["", "pass %", "a|b"],
      [
        ["shipped, verified", "29.3 (22.6 to 36.6)", "–"],
        ["base", "1", "two\nlines"],
      ],
    );
    assert.equal(await prettier.format(table, { parser: "markdown", printWidth: 140 }), `${table}\n`);
    assert.equal(table.split("\n").length, 4);
  });
});
