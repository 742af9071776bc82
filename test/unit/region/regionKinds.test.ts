import assert from "node:assert/strict";
import { REGION_KINDS } from "../../../src/region/regionKinds";
import { SYNTAX_KINDS } from "../../../src/region/syntaxKinds";
import { loadGrammar } from "./grammarFiles";
import { nodeNames } from "./nodeNames";

describe("REGION_KINDS", () => {
  for (const [grammar, { wholes, within = {}, leaves = [], holders = [], branches = [], parameters }] of Object.entries(REGION_KINDS)) {
    it(`names only nodes and fields that ${grammar} has, and each whole once`, async () => {
      const language = await loadGrammar(grammar);
      const known = nodeNames(language);
      const extents = Object.values(within).flatMap((extentOf) => Object.values(extentOf));
      const whole = [...Object.values(wholes).flat(), ...leaves];
      const nodes = [
        ...[...whole, ...holders, ...branches, ...(parameters === undefined ? [] : [parameters])],
        ...Object.values(within).flatMap((extentOf) => Object.keys(extentOf)),
        ...extents.flatMap(({ open = [], close = [] }) => [...open, ...close]),
      ];
      assert.deepEqual(
        nodes.filter((kind) => !known.has(kind)),
        [],
      );
      assert.deepEqual(
        extents.flatMap(({ header = [] }) => header).filter((field) => language.fieldIdForName(field) === null),
        [],
      );
      assert.deepEqual(
        whole.filter((kind, index) => whole.indexOf(kind) !== index),
        [],
      );
    });
  }

  it("has a table for each grammar", () => assert.deepEqual(Object.keys(REGION_KINDS), Object.keys(SYNTAX_KINDS)));
});
