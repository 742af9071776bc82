import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CanvasCell, InfillRequest } from "../../../src/backends/infiller";
import { runTable } from "./runTable";
import { scriptedTable } from "./table";

const FOLDER = join(import.meta.dirname, "goldens");
const visible = (text: string) => text.replaceAll("\n", "⏎").replaceAll(" ", "·");

/** One cell: clamped text bare, the rest in brackets that say what it is. */
function draw({ state, text, confidence }: CanvasCell): string {
  const percent = Math.round(confidence * 100);
  switch (state) {
    case "clamped":
      return visible(text);
    case "revealed":
      return `[${visible(text)} ${percent}]`;
    case "drafted":
      return `{${visible(text)} ${percent}}`;
    case "tail":
      return `<${visible(text)}>`;
    case "masked":
      return "_";
    case "remasked":
      return "~";
  }
}

async function trace(script: string, request: InfillRequest): Promise<string> {
  const { region, sampler, blockSize = "default" } = request;
  const lines = [
    `${region}, ${sampler}, block ${blockSize}; the model writes: ${visible(script)}`,
    "",
    request.prefix + "▮" + request.suffix,
    "",
  ];
  const onStep = ({ pass, cells }: { pass: number; cells: readonly CanvasCell[] }) =>
    lines.push(`${String(pass).padStart(2)}  ${cells.map(draw).join("")}`);
  const result = await runTable(scriptedTable(script, sampler === "verified" ? 4 : Infinity), request, { onStep });
  lines.push(
    "",
    `${visible(result.text)}`,
    `${result.ended}, ${result.fits ? "fits" : "does not fit"}, ${result.writtenTokens} tokens in ${result.passes} passes`,
  );
  return lines.join("\n") + "\n";
}

const base = { languageId: "typescript", maxTokens: 32, blockSize: 4 } as const;
const cases: Record<string, [script: string, request: InfillRequest]> = {
  "rest of a line, a word half typed": [
    "return foo(bar, x);\n",
    { ...base, prefix: "x = 1;\nretu", suffix: ");\nbar();\n", region: "line", sampler: "verified" },
  ],
  "whole lines between two lines": [
    "    foo = bar;\n    return foo;\n",
    { ...base, prefix: "foo() {\n", suffix: "}\n", region: "lines", sampler: "verified" },
  ],
  "a span by confidence": [
    "foo(ab, 12) + x;\nabc\n",
    { ...base, prefix: "foo(", suffix: " + x;\nabc\n", region: "span", sampler: "confidence" },
  ],
  "the file goes on": [
    "x = 1;\n\nbar();\nbar();\n",
    { ...base, prefix: "x = ", suffix: "\n\nbar();\n", region: "lines", sampler: "verified" },
  ],
  "an emoji at the limit": ["x = 😀😀😀;\n", { ...base, prefix: "x = ", suffix: ";\n", region: "line", sampler: "verified", maxTokens: 3 }],
};

/** Golden traces: UPDATE_GOLDENS=1 writes them all anew, to be read as a diff. */
describe("golden denoising traces", function () {
  this.timeout(180_000);
  for (const [name, [script, request]] of Object.entries(cases)) {
    it(name, async () => {
      const file = join(FOLDER, name.replaceAll(/[ ,]+/g, "-") + ".txt");
      const actual = await trace(script, request);
      if (process.env["UPDATE_GOLDENS"] === "1") {
        mkdirSync(FOLDER, { recursive: true });
        writeFileSync(file, actual);
      }
      assert.ok(existsSync(file), `${file} is missing: run the tests once with UPDATE_GOLDENS=1 and read what it wrote`);
      assert.equal(actual, readFileSync(file, "utf8"));
    });
  }
});
