import assert from "node:assert/strict";
import fc from "fast-check";
import { applyFilters } from "../../../src/completion/filters";
import { drawn } from "./drawn";

/** What the filters make of an answer at a drawn cursor: the text kept, or `{ reason }`. */
const filtered = (place: string, text: string): string | { reason: string } => {
  const verdict = applyFilters(text, drawn(place));
  return verdict.kind === "keep" ? verdict.text : { reason: verdict.reason };
};

describe("filters", () => {
  it("keep what adds something", () => assert.equal(filtered("a = 1\nb = │\nc = 3\n", "2"), "2"));
  it("drop nothing and only white space", () => {
    assert.deepEqual(filtered("a│", ""), { reason: "empty" });
    assert.deepEqual(filtered("a│", " \n\t"), { reason: "onlyWhiteSpace" });
  });
  it("drop a line that repeats the one before, but not a closer", () => {
    assert.deepEqual(filtered("  x = 1;\n\n  │\n", "x = 1;"), { reason: "repeatsLineBefore" });
    assert.equal(filtered("    }\n  │\n", "}"), "}");
  });
  it("drop several lines that begin by repeating the one before", () => {
    assert.deepEqual(filtered("  x = 1;\n  │\n", "x = 1;\n  y = 2;"), { reason: "repeatsLineBefore" });
  });
  it("cut where the answer begins to repeat itself", () => {
    assert.equal(filtered("  │\n", "a();\n  a();\n  a();\n  b();"), "a();");
    assert.equal(filtered("  │\n", "a();\n  b();\n  a();\n  b();\n  a();\n  b();"), "a();\n  b();");
    const block = "if (a) {\n    b();\n  }";
    assert.equal(filtered("  │\n", `${block}\n  ${block}\n  c();`), block);
    assert.equal(filtered("  │\n", `a();\n  x = ${"one + ".repeat(9)}`), "a();");
    assert.deepEqual(filtered("x = │\n", "one + ".repeat(9)), { reason: "repeatsItself" });
  });
  it("keep what somebody may want to write several times", () => {
    for (const text of [
      "a();\n  a();",
      "a();\n  b();\n  a();\n  b();",
      "// ----------------------------",
      "[0, 0, 0, 0, 0, 0, 0, 0, 0]",
      "// ------------------- helpers",
      "let a = [0, 0, 0, 0, 0, 0, 0, 0] as Vec<u8>;",
      "}\n}\n}",
    ])
      assert.equal(filtered("  │\n", text), text);
  });
  it("look for loops in no time", () => {
    const begunMs = performance.now();
    for (const piece of ["a", "ab", "abc ", "a b", "((", "  "]) filtered("│", piece.repeat(5_000));
    assert.ok(performance.now() - begunMs < 1_000, `${performance.now() - begunMs} ms`);
  });
  it("take off blanks at the end where nothing follows, and leave them before what does", () => {
    assert.equal(filtered("x = │\n", "1;  "), "1;");
    assert.equal(filtered("  │ \n", "a();\n  b(); "), "a();\n  b();");
    assert.equal(filtered("f(│)\n", "a, "), "a, ");
  });
  it("drop a line that says what the next does, otherwise spaced or ended", () => {
    assert.deepEqual(filtered("  return a│\n  return a + b;\n", "+b"), { reason: "equalsNextLine" });
    assert.equal(filtered("  return a│\n  return a + b;\n", "+c"), "+c");
  });
  it("drop a line that says what the next does in other quotes, unless their kind has a meaning", () => {
    assert.deepEqual(filtered("  use(│\n  use('a', 'b');\n", '"a", "b")'), { reason: "equalsNextLine" });
    assert.equal(filtered("  use(│\n  use('a', 'b');\n", '"a", "c")'), '"a", "c")');
    assert.equal(filtered("  use(│\n  use('${a}');\n", "`${a}`)"), "`${a}`)");
    assert.equal(filtered("  use(│\n  use('\"');\n", '"\'")'), '"\'")');
  });
  it("drop no line that differs from the next in more than blanks, quotes and its end, and each that does not (5,000 random lines)", () => {
    const words = fc.array(fc.constantFrom<string>("a", "b1", "(", ")", "+", "=", ".", "'x'", "'y'", "0"), { minLength: 1, maxLength: 8 });
    const spacing = fc.constantFrom("", " ", "  ");
    const end = fc.constantFrom("", ";", ",");
    const quote = fc.constantFrom("'", '"', "`");
    fc.assert(
      fc.property(
        words,
        fc.nat(7),
        fc.constantFrom("c", "-", "'z'"),
        spacing,
        end,
        end,
        quote,
        (next, at, other, blank, ours, theirs, mark) => {
          const said = next.join(blank).replaceAll("'", mark) + ours;
          const place = `  ; │\n  ;${next.join(" ")}${theirs}\n`;
          assert.deepEqual(filtered(place, said), { reason: "equalsNextLine" });
          const another =
            next
              .with(at % next.length, other)
              .join(blank)
              .replaceAll("'", mark) + ours;
          assert.equal(filtered(place, another), another);
        },
      ),
      { numRuns: 5_000 },
    );
  });
  it("drop a line that equals the next", () => {
    assert.deepEqual(filtered("  return a│\n\n  return a + b;\n", " + b;"), { reason: "equalsNextLine" });
  });
  it("cut several lines where the file goes on the same", () => {
    assert.equal(filtered("  │\n  return a;\n}\n", "a += 1;\n  return a;\n}"), "a += 1;");
    assert.equal(filtered("  │\n  return a;\n}\n", "a += 1;\n  return b;"), "a += 1;\n  return b;");
  });
  it("drop what is nothing but the file's next lines", () => {
    assert.deepEqual(filtered("  │\n  a();\n  b();\n", "a();\n  b();"), { reason: "suffixPresent" });
    assert.equal(filtered("x = │\n1;\nb();\n", "1;\nb();"), "1;\nb();");
    assert.deepEqual(filtered("f() {│\n  return a;\n}\n", "\n  return a;"), { reason: "suffixPresent" });
  });
  it("take off a closer that the next line has already, and leave one that the answer opened", () => {
    assert.equal(filtered("if (a) {\n  │\n}\n", "b();\n}"), "b();");
    assert.equal(filtered("f(() => {\n│\n}\n", "if (a) {\n  b();\n}"), "if (a) {\n  b();\n}");
  });
});
