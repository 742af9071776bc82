import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { Language, Parser } from "web-tree-sitter";
import { SYNTAX_LANGUAGES } from "../../../src/region/syntaxLanguages";
import { readTrace, TracedEditor } from "../../replay/typingTrace";

const grammars = path.dirname(createRequire(__filename).resolve("@vscode/tree-sitter-wasm"));
const THOUGHT_MS = 800;

describe("the typing trace that is replayed", () => {
  const trace = readTrace();
  const { documents, events } = trace;
  const isJump = ({ removed, inserted }: (typeof events)[number]): boolean => removed + inserted.length === 0;

  it("has at least 300 keystrokes, over TypeScript and Python", () => {
    assert.deepEqual(documents.map(({ languageId }) => languageId).sort(), ["python", "typescript"]);
    const keystrokes = events.filter((event) => !isJump(event));
    assert.ok(keystrokes.length >= 300, `${keystrokes.length}`);
    for (const index of documents.keys()) assert.ok(keystrokes.filter(({ document }) => document === index).length >= 100);
  });

  it("has pauses, deletions and jumps in both files", () => {
    for (const index of documents.keys()) {
      const own = events.filter(({ document }) => document === index);
      assert.ok(own.some(isJump), `no jump in ${documents[index]!.name}`);
      assert.ok(
        own.some(({ removed }) => removed > 0),
        `nothing is deleted in ${documents[index]!.name}`,
      );
      assert.ok(
        own.some(({ atMs }, at) => at > 0 && atMs - own[at - 1]!.atMs > THOUGHT_MS),
        `no pause in ${documents[index]!.name}`,
      );
    }
  });

  it("goes forward in time, from its beginning on", () => {
    events.forEach(({ atMs }, at) => assert.ok(atMs >= (at === 0 ? 0 : events[at - 1]!.atMs), `event ${at}`));
  });

  it("is typed key by key, inside the documents, where the cursor stands or jumped to", () => {
    const editor = new TracedEditor(trace);
    events.forEach((event, at) => {
      const { document, offset, removed, inserted } = event;
      assert.ok(offset >= 0 && offset + removed <= editor.texts[document]!.length, `event ${at} lies outside`);
      assert.ok(removed <= 1 && /^(.?|\n[ \t]*)$/u.test(inserted), `event ${at} is no single key: ${JSON.stringify(event)}`);
      if (!isJump(event))
        assert.deepEqual([document, offset + removed], [editor.document, editor.cursor], `event ${at} is not at the cursor`);
      editor.apply(event);
    });
  });

  it("ends with files that parse without an error, in which something was written", async () => {
    const editor = new TracedEditor(trace);
    events.forEach((event) => editor.apply(event));
    await Parser.init();
    for (const [index, { name, languageId, text }] of documents.entries()) {
      const language = await Language.load(await readFile(path.join(grammars, SYNTAX_LANGUAGES[languageId]!)));
      const parser = new Parser().setLanguage(language);
      const tree = parser.parse(editor.texts[index]!)!;
      assert.equal(tree.rootNode.hasError, false, `${name}:\n${editor.texts[index]}`);
      assert.ok(editor.texts[index]!.length > text.length + 200, `little was written in ${name}`);
      tree.delete();
      parser.delete();
    }
  });
});
