import assert from "node:assert/strict";
import { GRAMMARS } from "../../../scripts/packaging/grammars.mjs";
import { SYNTAX_KINDS, type SyntaxKinds } from "../../../src/region/syntaxKinds";
import { SYNTAX_LANGUAGES } from "../../../src/region/syntaxLanguages";
import { loadGrammar } from "./grammarFiles";
import { nodeNames } from "./nodeNames";

/** Every kind of node that a table names, and every field. */
function named(kinds: SyntaxKinds): { nodes: string[]; fields: string[] } {
  const bodies = Object.values(kinds.bodies);
  return {
    nodes: [
      ...[...kinds.comments, ...kinds.strings, ...kinds.interpolations, ...(kinds.besides ?? []), ...(kinds.wrappers ?? [])],
      ...[kinds.docStatement ?? []].flat(),
      ...Object.keys(kinds.bodies),
      ...bodies.flatMap(({ open, close }) => [...(open ?? []), ...(close ?? [])]),
    ],
    fields: bodies.flatMap(({ header }) => header ?? []),
  };
}

describe("SYNTAX_KINDS", () => {
  for (const [grammar, kinds] of Object.entries(SYNTAX_KINDS)) {
    it(`names only nodes and fields that ${grammar} has`, async () => {
      const language = await loadGrammar(grammar);
      const { nodes, fields } = named(kinds);
      const known = nodeNames(language);
      assert.deepEqual(
        nodes.filter((kind) => !known.has(kind)),
        [],
      );
      assert.deepEqual(
        fields.filter((field) => language.fieldIdForName(field) === null),
        [],
      );
    });
  }

  it("has a table for each grammar that a language uses, and each of them ships", () => {
    const used = [...new Set(Object.values(SYNTAX_LANGUAGES))].sort();
    assert.deepEqual(Object.keys(SYNTAX_KINDS).sort(), used);
    assert.deepEqual(Object.keys(GRAMMARS).sort(), used);
  });
});
