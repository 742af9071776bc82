import assert from "node:assert/strict";
import fc from "fast-check";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import seenByTheAdapter from "../../../models/training/history/qwen2.5-coder-0.5b-infill.json";
import { randomFrom } from "../../randomFrom";
import { bootstrap } from "../../replay/bootstrap";
import { chooseStretches, DEFAULT_RULE } from "../../replay/chooseStretches";
import { codeLines } from "../../replay/codeLines";
import { acceptedText, firstWord, isRight } from "../../replay/decideKey";
import { countKeys, handChars, type Key } from "../../replay/keyCounts";
import { parseSettings } from "../../replay/parseSettings";
import { REAL_FILES } from "../../replay/realFiles";
import { differences, figuresOf } from "../../replay/replayFigures";
import { describeDifference, type ReplayRun } from "../../replay/replayRun";
import { TypedStretch } from "../../replay/typedStretch";

const FILE = [
  "import a",
  "",
  "/**",
  " * says",
  " */",
  "export function f(x: number) {",
  "  if (x > 1) {",
  "    g(x);",
  "  }",
  "  return x;",
  "}",
  "",
];

describe("the real files that are replayed", () => {
  it("are of packages that the training has not seen", () => {
    // the training's list joins scope and name
    const plain = (name: string): string => name.toLowerCase().replace(/^@/, "").replaceAll(/[/_.]/g, "-");
    const seen = new Set(seenByTheAdapter.map((entry) => plain(entry.package)));
    assert.deepEqual(
      REAL_FILES.filter((file) => seen.has(plain(file.package))),
      [],
    );
  });

  it("are of packages that no later training sees either", () => {
    const listed = readFileSync(join(__dirname, "../../../models/training/packages.toml"), "utf8");
    const leftOut = new Set(listed.slice(listed.indexOf("[leave_out]")).split(/\s+/));
    assert.deepEqual(
      REAL_FILES.map((file) => file.package).filter((name) => !leftOut.has(name)),
      [],
    );
  });
  it("are at least 20, each another one, under a permissive licence", () => {
    assert.ok(REAL_FILES.length >= 20, `${REAL_FILES.length}`);
    assert.equal(new Set(REAL_FILES.map(({ sha256 }) => sha256)).size, REAL_FILES.length);
    assert.equal(new Set(REAL_FILES.map(({ path }) => path)).size, REAL_FILES.length - 1, "two are called index.js");
    for (const { licence, sha256 } of REAL_FILES) {
      assert.match(licence, /^(MIT|Apache-2\.0)$/);
      assert.match(sha256, /^[0-9a-f]{64}$/);
    }
  });
});

describe("lines of code", () => {
  it("are no blanks and no comments", () => {
    const code = codeLines(FILE, "typescript");
    assert.deepEqual(
      FILE.filter((_, at) => code[at]),
      ["import a", "export function f(x: number) {", "  if (x > 1) {", "    g(x);", "  }", "  return x;", "}"],
    );
  });
  it("are no doc strings", () => {
    const lines = ["def f():", '    """Says."""', '    """Says', "    more.", '    ends."""', "    return 1  # why", "# that"];
    assert.deepEqual(codeLines(lines, "python"), [true, false, false, false, false, true, false]);
  });
});

describe("stretches of a file", () => {
  const line = fc.constantFrom(
    "",
    "  // why",
    "const a = compute(b, c);",
    "}",
    "  return values.map((value) => value + 1);",
    `x = ${"y".repeat(200)};`,
  );
  const file = fc.array(line, { maxLength: 120 }).map((lines) => lines.join("\n"));

  it("are code, apart from one another, in the middle, the same for the same seed", () => {
    fc.assert(
      fc.property(file, fc.integer(), (text, seed) => {
        const lines = text.split("\n");
        const code = codeLines(lines, "typescript");
        const stretches = chooseStretches(text, "typescript", randomFrom(seed));
        assert.deepEqual(chooseStretches(text, "typescript", randomFrom(seed)), stretches);
        assert.ok(stretches.length <= DEFAULT_RULE.count);
        for (const [at, { start, end }] of stretches.entries()) {
          assert.equal(end - start, DEFAULT_RULE.lines);
          assert.ok(start > 0 && end < lines.length);
          assert.ok(code[start] && code[end - 1]);
          assert.ok(lines.slice(start, end).every((own) => own.length <= DEFAULT_RULE.mostLineChars));
          if (at > 0) assert.ok(start > stretches[at - 1]!.end);
        }
      }),
    );
  });

  it("do not touch one another, however little else there is", () => {
    const text = Array.from({ length: 16 }, (_, at) => `const value${at} = compute(${at});`).join("\n");
    for (let seed = 0; seed < 50; seed++) {
      const [one, two] = chooseStretches(text, "typescript", randomFrom(seed));
      assert.ok(one !== undefined);
      if (two !== undefined) assert.ok(two.start > one.end, `${one.start}, ${two.start}`);
    }
  });

  it("typed to the end give the file again, an Enter with its indentation being one key", () => {
    fc.assert(
      fc.property(file, fc.integer(), (text, seed) => {
        for (const stretch of chooseStretches(text, "typescript", randomFrom(seed))) {
          let typed = TypedStretch.begin(text, stretch);
          const begun = typed.place("a.ts", "typescript");
          assert.equal(begun.lines[begun.line]!.trim(), "");
          assert.equal(begun.line, stretch.start);
          let keys = 0;
          for (; !typed.isDone; keys++) typed = typed.with(typed.nextKey);
          const { lines, line: last, character } = typed.place("a.ts", "typescript");
          assert.equal(lines.join("\n"), text);
          assert.equal(last, stretch.end - 1);
          assert.equal(character, lines[last]!.trimEnd().length);
          assert.equal(keys, handChars(typed.target));
        }
      }),
    );
  });

  it("have what follows behind them", () => {
    const typed = TypedStretch.begin(FILE.join("\n"), { start: 6, end: 8 }).with("if (x");
    assert.equal(typed.rest, " > 1) {\n    g(x);");
    assert.equal(typed.following, " > 1) {\n    g(x);\n  }\n  return x;\n}\n");
    assert.equal(typed.with(" > 1) {").nextKey, "\n    ");
  });
});

describe("the person who types", () => {
  it("takes what is right to its end, whatever white space ends it", () => {
    assert.equal(acceptedText("g(x);\n", "g(x);\n  }", "accept"), "g(x);");
    assert.equal(acceptedText("g(x);", "g(y);", "accept"), undefined);
    assert.equal(acceptedText("g(x);", "g(x);", "typed"), undefined);
  });
  it("takes nothing that goes on behind what is to be written", () => {
    assert.equal(isRight("g(x);\n  }", "g(x);"), false);
    assert.equal(acceptedText("g(x);\n  }", "g(x);", "accept"), undefined);
  });
  it("takes no single character, which a key writes as well", () => {
    assert.equal(acceptedText(";", ";", "accept"), undefined);
    assert.equal(acceptedText(";", ";", "words"), undefined);
  });
  it("takes word by word where not all is right", () => {
    assert.equal(acceptedText("value.name;", "value.size;", "words"), "value");
    assert.equal(acceptedText("value.name;", "value.name;", "words"), "value.name;");
    assert.equal(acceptedText("values", "value", "words"), undefined);
  });
  it("takes no part of an indentation, which Enter brings whole", () => {
    assert.equal(acceptedText("\n  }", "\n    g(x);", "words"), undefined);
    assert.equal(acceptedText("\n    f(x);", "\n    g(x);", "words"), "\n    ");
  });
  it("ends words as VS Code does", () => {
    for (const [text, word] of [
      ["value.name", "value"],
      [".name", "."],
      [" = 1", " "],
      ["f(x)", "f"],
      ["...", "..."],
      ["größe2 x", "größe2"],
      ["\n    return", "\n    "],
    ])
      assert.equal(firstWord(text!), word);
  });
  it("never writes anything but what follows", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", ".", " ", "\n"), maxLength: 12 });
    fc.assert(
      fc.property(text, text, fc.constantFrom("accept" as const, "words" as const), (shown, rest, habit) => {
        const taken = acceptedText(shown, rest, habit);
        if (taken === undefined) return;
        assert.ok(rest.startsWith(taken) && shown.startsWith(taken));
        assert.ok(taken.length >= 2);
      }),
    );
  });
});

describe("counted keystrokes", () => {
  const key = (written: string, shown: string | undefined, rest: string, more: Partial<Key> = {}): Key => ({
    ...{ written, shown, rest, accepted: false, asked: 0 },
    ...more,
  });

  it("tell a suggestion at each key from one that is typed through", () => {
    const counts = countKeys([
      key("\n", "abx", "abcd", { asked: 1 }),
      key("a", "bx", "bcd"),
      key("b", "x", "cd"),
      key("c", "d", "d", { asked: 1 }),
      key("d", undefined, ""),
    ]);
    assert.deepEqual(counts, {
      ...{ keysAlone: 5, keys: 5, acceptKeys: 0, acceptedChars: 0, asked: 2 },
      ...{ shown: 4, unwanted: 3, shownLives: 2, unwantedLives: 1, shownChars: 7 },
    });
  });
  it("count what an accepted suggestion wrote by the keys it saved: indentation comes by itself", () => {
    const { keysAlone, keys, acceptKeys, acceptedChars } = countKeys([
      key("\n", "if (x)\n    y", "if (x)\n    y"),
      key("if (x)\n    y", undefined, "", { accepted: true }),
    ]);
    assert.deepEqual({ keysAlone, keys, acceptKeys, acceptedChars }, { keysAlone: 9, keys: 2, acceptKeys: 1, acceptedChars: 8 });
  });
  it("count what remains of a suggestion after a word of it as the same one", () => {
    const { shownLives } = countKeys([key("\n", "value.name", "value.size"), key("value", ".name", ".size", { accepted: true })]);
    assert.equal(shownLives, 1);
  });
});

describe("the interval over files", () => {
  it("holds the value, and is a point where all files are alike", () => {
    const random = randomFrom(3);
    const mean = (of: readonly number[]) => (at: readonly number[]) => at.reduce((sum, file) => sum + of[file]!, 0) / at.length;
    const { value, low, high } = bootstrap(4, mean([1, 2, 3, 6]), random);
    assert.equal(value, 3);
    assert.ok(low < 3 && high > 3 && low >= 1 && high <= 6);
    assert.deepEqual(bootstrap(3, mean([2, 2, 2]), random), { value: 2, low: 2, high: 2 });
  });
  it("is as wide as theory says for a mean", () => {
    const values = Array.from({ length: 400 }, (_, at) => at % 2);
    const { low, high } = bootstrap(400, (at) => at.reduce((sum, file) => sum + values[file]!, 0) / 400, randomFrom(1));
    // 1.96 √(¼ / 400) to both sides
    assert.ok(Math.abs(high - low - 2 * 0.049) < 0.008, `${high - low}`);
  });

  const files = [10, 40, 90].map((unwanted) => ({ ...countKeys([]), keysAlone: 200, keys: 150, shown: 100, unwanted, shownLives: 50 }));
  it("is paired where two runs are compared: the same difference in each file has none", () => {
    const fewer = files.map((counts) => ({ ...counts, unwanted: counts.unwanted - 3 }));
    assert.deepEqual(differences(files, fewer)["unwanted per 100 keystrokes"], { value: 2, low: 2, high: 2 });
    const { low, high } = figuresOf(files)["unwanted per 100 keystrokes"];
    assert.ok(high - low > 10);
  });
  it("compares the files that both runs have, and refuses other stretches", () => {
    const run = (unwanted: readonly number[], from = 0): ReplayRun => ({
      ...{ arm: "one", set: [], seed: 1, stretches: 3, habits: ["typed"] },
      files: unwanted.map((count, at) => ({
        ...{ package: "p", path: `${from + at}.ts`, language: "typescript", stretches: 3 },
        counts: { typed: { ...files[0]!, unwanted: count } },
      })),
    });
    const text = describeDifference(run([10, 40, 90]), run([37, 87], 1));
    assert.match(text, /2 files, paired/);
    assert.match(text, /unwanted per 100 keystrokes +2\.0 +2\.0 to 2\.0/);
    assert.throws(() => describeDifference(run([1]), { ...run([1]), seed: 2 }), /other stretches/);
  });
  it("sums files before it divides", () => {
    const [one, ...others] = files;
    const { value } = figuresOf([{ ...one!, keys: 1_350, unwanted: 135 }, ...others])["unwanted per 100 keystrokes"];
    assert.ok(Math.abs(value - (100 * (135 + 40 + 90)) / 1_650) < 1e-9);
  });
});

describe("settings of a replay", () => {
  it("are JSON where they can be, else text", () => {
    assert.deepEqual(parseSettings(["leastSureness=0.5", "multiline=never", "a=b=c"]), {
      leastSureness: 0.5,
      multiline: "never",
      a: "b=c",
    });
  });
});
