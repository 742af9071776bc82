import assert from "node:assert/strict";
import { marginNames } from "../../../../src/context/project/marginNames";

describe("the names that a project is searched for", () => {
  it("are defined at the margin", () => {
    const text = [
      "export class Reader {",
      "  function inner() {}",
      "}",
      "export const PAGE = 4096;",
      "def parse(text):",
      "    const local = 1",
      "pub fn write_all() {}",
    ].join("\n");
    assert.deepEqual(marginNames(text).sort(), ["PAGE", "Reader", "parse", "write_all"]);
  });

  it("stand there once though they are defined further in too", () => {
    assert.deepEqual(marginNames("  def reader(): pass\ndef reader(): pass\n"), ["reader"]);
  });

  it("are none in a text that defines nothing", () => {
    assert.deepEqual(marginNames(""), []);
    assert.deepEqual(marginNames("reader.read()\n"), []);
  });
});
