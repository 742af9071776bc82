import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { setImmediate as pause, setTimeout as wait } from "node:timers/promises";
import { SYNTAX_LANGUAGES, SYNTAX_RUNTIME } from "../../src/region/syntaxLanguages";
import { SyntaxTrees } from "../../src/region/syntaxTrees";
import { grammarFile } from "../unit/region/grammarFiles";

/**
 * How often a key finds its syntax tree in a large file, and what asking costs: `npx tsx test/bench/syntaxTyping.ts [lines] [ms a key] [ms to the
 * question]`. Each file is one unit again and again; a statement is typed into it, brackets and quotes open for a while, at a tenth of it and in
 * the middle.
 */
const [lines = 3_000, keyMs = 60, askMs = 30] = process.argv.slice(2).map(Number);

const UNITS: Readonly<Record<string, readonly [head: string, unit: string, typed: string]>> = {
  php: [
    "<?php\n",
    "function fNN(array $a, int $b = 1): int\n{\n    $c = [];\n    foreach ($a as $k => $v) {\n        if ($v > $b && isset($a[$k])) {\n            $c[] = $this->g($v, \"a $k b\") + strlen('x' . $v);\n        }\n    }\n    return count($c);\n}\n\n",
    '\nfunction z($a) { if ($a) { return "a $a"; } }\n',
  ],
  json: [
    "[\n",
    '  {\n    "name": "fNN",\n    "items": [1, 2.5, "three", null],\n    "nested": {\n      "a": true,\n      "b": "some text\\n here"\n    }\n  },\n',
    '\n  {"a": [1, {"b": "c"}]},',
  ],
  shellscript: [
    "#!/bin/bash\n",
    'fNN() {\n  local a="$1" b=${2:-x}\n  for f in "$a"/*.txt; do\n    if [ -f "$f" ] && grep -q "$b" "$f"; then\n      echo "found $f: $(wc -l < "$f")" | sed \'s/a/b/\' >> log.txt\n    fi\n  done\n  return 0\n}\n\n',
    '\nz() { if [ -f "$a" ]; then echo "a $b"; fi; }\n',
  ],
  typescript: [
    "",
    'export function fNN(a: readonly number[], b = 1): number {\n  const c: number[] = [];\n  for (const v of a) {\n    if (v > b && a.includes(v)) {\n      c.push(g(v, `a ${v} b`) + "x".length);\n    }\n  }\n  return c.length;\n}\n\n',
    "\nfunction z(a) { if (a) { return `a ${a}`; } }\n",
  ],
  python: [
    "",
    'def fNN(a, b=1):\n    """Adds."""\n    c = []\n    for k, v in a.items():\n        if v > b and k in a:\n            c.append(g(v, f"a {k} b") + len("x"))\n    return len(c)\n\n\n',
    '\ndef z(a):\n    if (a):\n        return [f"a {a}"]\n',
  ],
};

async function measure(directory: string, languageId: string): Promise<string> {
  const [head, unit, typed] = UNITS[languageId]!;
  const copies = Math.ceil(lines / (unit.split("\n").length - 1));
  let text = head + Array.from({ length: copies }, (_, copy) => unit.replaceAll("NN", String(copy))).join("");
  if (languageId === "json") text += "  {}\n]\n";
  let version = 1;
  const document = {
    id: "a",
    languageId,
    lineCount: lines,
    get version() {
      return version;
    },
    length: () => text.length,
    text: () => text,
  };
  const nowMs = (): number => performance.now();
  const trees = new SyntaxTrees({ directory, nowMs, pause: () => pause(), onError: (error) => console.error(error) });
  const openedMs = nowMs();
  while (trees.at(document, () => 0, 0) === undefined) await wait(1);
  const firstMs = nowMs() - openedMs;
  const tookMs: number[] = [];
  let missed = 0;
  for (const copy of [Math.floor(copies / 10), Math.floor(copies / 2)]) {
    let at = text.indexOf(unit.split("\n", 1)[0]!.replaceAll("NN", String(copy))) - 1;
    for (const key of typed) {
      const start = { line: text.slice(0, at).split("\n").length - 1, character: at - text.lastIndexOf("\n", at - 1) - 1 };
      text = text.slice(0, at) + key + text.slice(at);
      trees.edit("a", ++version, [{ start, end: start, startOffset: at, replacedChars: 0, text: key }]);
      at++;
      trees.prepare(document);
      await wait(askMs);
      const askedMs = nowMs();
      if (trees.at(document, () => at, at - text.lastIndexOf("\n", at - 1) - 1) === undefined) missed++;
      tookMs.push(nowMs() - askedMs);
      await wait(Math.max(0, keyMs - askMs));
    }
  }
  trees.dispose();
  tookMs.sort((a, b) => a - b);
  const [median, most] = [tookMs[tookMs.length >> 1]!, tookMs.at(-1)!];
  return `| ${languageId} | ${firstMs.toFixed(0)} ms | ${missed} of ${tookMs.length} | ${median.toFixed(1)} ms | ${most.toFixed(1)} ms |`;
}

async function main(): Promise<void> {
  const directory = mkdtempSync(path.join(tmpdir(), "unmask-syntax-")) + path.sep;
  copyFileSync(createRequire(__filename).resolve("web-tree-sitter/web-tree-sitter.wasm"), directory + SYNTAX_RUNTIME);
  for (const languageId of Object.keys(UNITS)) {
    const grammar = SYNTAX_LANGUAGES[languageId]!;
    copyFileSync(grammarFile(grammar), directory + grammar);
  }
  try {
    for (const languageId of Object.keys(UNITS)) console.log(await measure(directory, languageId));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

void main();
