import assert from "node:assert/strict";
import fc from "fast-check";
import { Parser, type Language } from "web-tree-sitter";
import type { CursorSyntax } from "../../../src/region/cursorSyntax";
import { syntaxAtCursor } from "../../../src/region/syntaxAtCursor";
import { SYNTAX_KINDS } from "../../../src/region/syntaxKinds";
import { SYNTAX_LANGUAGES } from "../../../src/region/syntaxLanguages";
import { drawn } from "../completion/drawn";
import { loadGrammar } from "./grammarFiles";
import { SYNTAX_SAMPLES } from "./syntaxSamples";

function syntaxOf(language: Language, grammar: string, text: string, offset: number): CursorSyntax {
  const parser = new Parser().setLanguage(language);
  const tree = parser.parse(text)!;
  const before = text.slice(0, offset);
  const place = { offset, probe: before.trimEnd().length - 1, column: offset - before.lastIndexOf("\n") - 1 };
  try {
    return syntaxAtCursor(tree.rootNode, SYNTAX_KINDS[grammar]!, place);
  } finally {
    tree.delete();
    parser.delete();
  }
}

function told({ inside, body }: CursorSyntax): string {
  return body === undefined ? inside : `${inside}, ${body.empty ? "empty" : "full"}`;
}

describe("syntaxAtCursor", () => {
  for (const [languageId, { places, text }] of Object.entries(SYNTAX_SAMPLES)) {
    describe(languageId, () => {
      const grammar = SYNTAX_LANGUAGES[languageId]!;
      let language: Language;
      before(async () => void (language = await loadGrammar(grammar)));

      for (const [what, place, expected] of places) {
        it(`sees ${what}`, () => {
          const { before, after } = drawn(place);
          const syntax = syntaxOf(language, grammar, before + after, before.length);
          // Where a table says nothing of a body, the place may be in any.
          assert.equal(
            expected.includes(",") || expected === "no body" ? told(syntax).replace(/^code$/, "no body") : syntax.inside,
            expected,
            place,
          );
        });
      }

      it("knows its whole sample", () => {
        const tree = new Parser().setLanguage(language).parse(text)!;
        assert.equal(tree.rootNode.hasError, false, tree.rootNode.toString());
        tree.delete();
      });

      it("says one of three of any place in any beginning of its sample, and never throws", () => {
        fc.assert(
          fc.property(fc.nat(text.length), fc.nat(text.length), (one, other) => {
            const { inside } = syntaxOf(language, grammar, text.slice(0, Math.max(one, other)), Math.min(one, other));
            return ["code", "comment", "string"].includes(inside);
          }),
          { numRuns: 200 },
        );
      });
    });
  }

  it("has samples of every language that has a grammar", () => {
    const sampled = new Set(Object.keys(SYNTAX_SAMPLES));
    const missing = Object.entries(SYNTAX_LANGUAGES).filter(([id, grammar]) => {
      return !sampled.has(id) && ![...sampled].some((other) => SYNTAX_LANGUAGES[other] === grammar);
    });
    assert.deepEqual(missing, []);
  });
});
