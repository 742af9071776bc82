import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { bareWords, FOR_USERS } from "../../../scripts/l10n/bareWords.mjs";
import { differences, manifestKeys, readTables } from "../../../scripts/l10n/bundles.mjs";
import { extractMessages, SPOKEN } from "../../../scripts/l10n/extractMessages.mjs";
import { sourceFiles } from "../../../scripts/l10n/sourceFiles.mjs";

const ROOT = path.join(__dirname, "../../..");
const REWRITE = "run node scripts/l10n.mjs";
const parse = (text: string): ts.SourceFile[] => [ts.createSourceFile("src/ui/a.ts", text, ts.ScriptTarget.ES2023, true)];

describe("the words of the sources", () => {
  const { messages, faults } = extractMessages(sourceFiles(ROOT, SPOKEN));

  it("are literals, with a value for each placeholder", () => assert.deepEqual(faults, []));

  it("are in l10n/bundle.l10n.json, and nothing else is", () => {
    const english = readTables(ROOT, "bundle").get("en");
    assert.deepEqual(english, Object.fromEntries([...messages.keys()].map((message) => [message, message])), REWRITE);
  });

  it("are all looked up: none that a person may see stands bare", () => assert.deepEqual(bareWords(sourceFiles(ROOT, FOR_USERS)), []));
});

describe("package.json", () => {
  const text = readFileSync(path.join(ROOT, "package.json"), "utf8");

  it("says what package.nls.json holds, and nothing else is in there", () => {
    assert.deepEqual(manifestKeys(text).sort(), Object.keys(readTables(ROOT, "package").get("en")!).sort());
  });

  it("has no words of its own but names", () => {
    const shown = new Set(
      "title description markdownDescription enumDescriptions altText deprecationMessage markdownDeprecationMessage".split(" "),
    );
    const bare: string[] = [];
    JSON.parse(text, function (this: unknown, key: string, value: unknown) {
      for (const word of Array.isArray(value) ? (value as unknown[]) : [value])
        if (shown.has(key) && typeof word === "string" && !/^%[^%]+%$/.test(word) && word !== "Unmask") bare.push(word);
      return value;
    });
    assert.deepEqual(bare, []);
  });
});

for (const kind of ["package", "bundle"] as const) {
  const tables = readTables(ROOT, kind);
  describe(`the languages of ${kind === "package" ? "package.json" : "the sources"}`, () => {
    it("are the same as those of the other tables, and German is one", () => {
      assert.deepEqual([...tables.keys()], [...readTables(ROOT, kind === "package" ? "bundle" : "package").keys()]);
      assert.ok(tables.has("de"));
    });
    for (const [language, table] of tables)
      it(`say in ${language} what English says, with the same placeholders and links`, () => {
        assert.deepEqual(differences(tables.get("en")!, table), []);
      });
    it("are no copies of English", () => {
      for (const [language, table] of tables) {
        if (language === "en") continue;
        const same = Object.entries(table).filter(([key, text]) => text === tables.get("en")![key] && / \p{L}+ /u.test(text));
        assert.deepEqual(same, [], language);
      }
    });
  });
}

describe("what looks for words", () => {
  it("sees a message of another wording, and one that is not said any more", () => {
    assert.deepEqual(differences({ a: "a {0}", b: "b" }, { a: "x {1}", c: "y" }), [
      'has the placeholders {1} in "a", not {0}',
      'lacks "b"',
      'has "c", which nobody says',
    ]);
    assert.deepEqual(differences({ a: "[Go](command:x.y)" }, { a: "[Los](command:x.z)" }), ['has other links in "a"']);
    assert.deepEqual(differences({ a: "a" }, { a: " " }), ['lacks "a"']);
  });

  it("sees a message that is made while the program runs, values that do not fit, and a t that is taken out", () => {
    const { faults } = extractMessages(parse('l10n.t("a" + b);\nvscode.l10n.t("a {0}");\nl10n.t("a", b);\nconst { t } = vscode.l10n;'));
    assert.deepEqual(
      faults.map((fault) => fault.replace(/^src\/ui\/a\.ts:/, "")),
      ["1: the message is no literal", "2: 0 values for {0}", "3: 1 values for no placeholder", "4: t is taken out of l10n"],
    );
  });

  for (const bare of [
    'window.showInformationMessage("Done")',
    "window.showWarningMessage(`${file} gone`)",
    'window.showErrorMessage(ok ? l10n.t("Fine") : "Bad")',
    'window.showWarningMessage(l10n.t("Sure?"), "Yes")',
    'window.createWebviewPanel(TYPE, "Trace", where)',
    'item.text = "$(sync) Loading"',
    'item.name = "Status"',
    'const pick = { label: "$(gear) Settings" }',
    'withProgress({ title: on ? l10n.t("On") : "Off" }, run)',
    'element("p", "note", { text: "Empty" })',
    'function why() { return "the file is gone"; }',
    "const words = `${count} tokens`",
  ])
    it(`sees what is not looked up in: ${bare}`, () => assert.equal(bareWords(parse(bare)).length, 1));

  for (const fine of [
    'window.showInformationMessage(l10n.t("All is done"))',
    'window.createStatusBarItem("unmask.status", side)',
    'item.name = "Unmask"',
    'log.info("the engine has started")',
    'throw new Error("this cannot be")',
    'import x from "some words";',
    'element("p", "card chosen")',
    "const size = `${n} MB`",
  ])
    it(`lets pass: ${fine}`, () => assert.deepEqual(bareWords(parse(fine)), []));
});
