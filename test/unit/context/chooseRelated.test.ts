import assert from "node:assert/strict";
import fc from "fast-check";
import { chooseRelated, type IndexedText } from "../../../src/context/chooseRelated";
import { definitions } from "../../../src/context/definitions";
import { definitionText } from "../../../src/context/definitionText";
import type { RecentName } from "../../../src/context/recentWork";

function indexed(path: string, text: string): IndexedText {
  return { path, text, definitions: definitions(text) };
}

const edit = (name: string, atMs = 0): RecentName => ({ name, kind: "edited", atMs });

const USER = indexed(
  "user.ts",
  "import x from 'y';\n\nexport interface UserRow {\n  id: number;\n}\n\nexport function loadUser(id: number): UserRow {\n  return rows[id];\n}\n",
);

describe("related pieces", () => {
  it("are definitions of names near the cursor, the nearest last", () => {
    const pieces = chooseRelated({ before: "const row: UserRow = loadUser(", after: ")" }, new Map(), [USER]);
    assert.deepEqual(
      pieces.map(({ text }) => text.split("\n")[0]),
      ["export interface UserRow {", "export function loadUser(id: number): UserRow {"],
    );
    assert.equal(pieces[0]!.text, "export interface UserRow {\n  id: number;\n}\n");
  });

  it("leave out what the file defines itself, and what too many files define", () => {
    const before = "loadUser(";
    assert.deepEqual(chooseRelated({ before, after: "" }, new Map([["loadUser", [0]]]), [USER]), []);
    const many = ["a", "b", "c", "d"].map((name) => indexed(`${name}.ts`, USER.text));
    assert.deepEqual(chooseRelated({ before, after: "" }, new Map(), many), []);
    assert.equal(chooseRelated({ before, after: "" }, new Map(), many.slice(0, 3))[0]!.path, "a.ts");
  });

  it("rank what was edited lately before the others, and the edited place before others of the same name", () => {
    const before = "loadUser( UserRow saveUser( ";
    const save = { ...indexed("save.ts", "export function saveUser() {}\n"), recent: [edit("saveUser")] };
    assert.equal(chooseRelated({ before: `${before} loadUser(`, after: "" }, new Map(), [USER, save]).at(-1)!.name, "saveUser");
    const other = { ...indexed("other.ts", "export function loadUser() {}\n"), recent: [edit("loadUser")] };
    const edited = chooseRelated({ before: "loadUser(", after: "" }, new Map(), [USER, other]);
    assert.deepEqual(edited.map(({ path }) => path), ["other.ts"]); // prettier-ignore
  });

  it("fill what room is left with what was edited last, though nothing names it", () => {
    const edited = { ...indexed("far.ts", "export function farAway() {}\n"), recent: [edit("farAway")] };
    const pieces = chooseRelated({ before: "loadUser(", after: "" }, new Map(), [USER, edited]);
    assert.deepEqual(pieces.map(({ name, isNear, recently }) => [name, isNear, recently]), [["farAway", false, "edited"], ["loadUser", true, undefined]]); // prettier-ignore
    const three = indexed("three.ts", "class Alpha {}\nclass Bravo {}\nclass Charlie {}\n");
    const full = chooseRelated({ before: "Alpha Bravo Charlie", after: "" }, new Map(), [three, edited]);
    assert.deepEqual(full.map(({ name }) => name), ["Alpha", "Bravo", "Charlie"]); // prettier-ignore
  });

  it("have the newest of edits and copies for that, wherever it was, unless the file has that definition itself by now", () => {
    const edited = { ...indexed("far.ts", "function farAway() {}\nfunction older() {}\n"), recent: [edit("farAway", 2), edit("older", 1)] };
    const copied = {
      ...indexed("copy.ts", "function copiedOne() {}\n"),
      recent: [{ name: "copiedOne", kind: "copied", atMs: 3 }] as const,
    };
    const chosen = (own: string[], others: IndexedText[]) =>
      chooseRelated({ before: "", after: "" }, new Map(own.map((name) => [name, [0]])), others).map(({ name, recently }) => [
        name,
        recently,
      ]);
    assert.deepEqual(chosen([], [edited, copied]), [["copiedOne", "copied"]]);
    assert.deepEqual(chosen([], [edited]), [["farAway", "edited"]]);
    assert.deepEqual(chosen(["copiedOne"], [copied, edited]), [["farAway", "edited"]]);
    assert.deepEqual(chosen(["copiedOne", "farAway", "older"], [copied, edited]), []);
  });

  it("are found in several languages", () => {
    const lines = [
      "def make_it(x):",
      "class Thing:",
      "    async def run_it(self):",
      "pub(crate) fn parse_it() {",
      "func (s *Store) Open_it() {",
      "public static class Worker {",
      "type Shape = {",
    ];
    assert.deepEqual([...definitions(lines.join("\n")).keys()], ["make_it", "Thing", "run_it", "parse_it", "Open_it", "Worker", "Shape"]);
  });

  it("are whole lines of the file, end with a line break, and end where the definition does", () => {
    assert.equal(definitionText("def one(a):\n    return a\n\n\ndef two():\n    pass\n", 0), "def one(a):\n    return a\n");
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("def name_one():", "    body()", "", "}", "class Second:", "\tx"), { minLength: 1, maxLength: 60 }),
        (lines) => {
          const text = lines.join("\n");
          for (const places of definitions(text).values()) {
            for (const offset of places) {
              const piece = definitionText(text, offset);
              assert.ok(piece.endsWith("\n") && piece.split("\n").length <= 21);
              assert.ok(`${text}\n`.startsWith(piece.trimEnd(), offset));
            }
          }
        },
      ),
    );
  });
});
