/**
 * Tables and plots of what `npm run eval -- --json FILE` kept: npm run eval:report -- FILE.json… [options]
 *
 *   --reference NAME   whom the others are compared with, in pairs (each set's first contestant)
 *   --speed FIGURE     of the plots: msPerAnswer, passesPerAnswer or tokensPerSecond (msPerAnswer)
 *   --hours NAME=H     a contestant's hours of training, for a plot against them; again for each
 *   --out DIRECTORY    writes the plots there, as SVG files, and the tables as eval.md
 *   --card FILE        writes tables and plots between the model card's markers; the plots go beside it, or to --out
 *
 * Without --out and --card the tables are printed. Runs of one set in several files stand in one table.
 */
import { mkdir, readFile } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { replaceFile } from "../../../src/model/replaceFile";
import { errorCode } from "../../../src/model/store/errorCode";
import { argumentsOf } from "../argumentsOf";
import { EvalError } from "../evalError";
import { readEvalFile, type EvalFile } from "../evalFile";
import { plotsOf, SPEEDS, type Plot, type Speed } from "./plots";
import { renderSvg } from "./renderSvg";
import { replaceMarked } from "./replaceMarked";
import { referenceOf, reportedSets, type ReportedSet } from "./reportedSets";
import { reportTables } from "./reportTables";

async function main(): Promise<void> {
  const { values, positionals: files } = argumentsOf({
    allowPositionals: true,
    options: {
      reference: { type: "string" },
      speed: { type: "string", default: "msPerAnswer" },
      hours: { type: "string", multiple: true, default: [] },
      out: { type: "string" },
      card: { type: "string" },
    },
  });
  if (files.length === 0) throw new EvalError({ kind: "badOption", detail: "Name the files that --json made." });
  const speed = (Object.keys(SPEEDS) as Speed[]).find((one) => one === values.speed);
  if (!speed) throw new EvalError({ kind: "badOption", detail: `--speed is one of ${Object.keys(SPEEDS).join(", ")}.` });
  const hours = new Map(values.hours.map(parseHours));
  const sets = reportedSets(await Promise.all(files.map(readWhole)));
  const plotFolder = values.out ?? (values.card === undefined ? undefined : dirname(values.card));
  const reportSet = async (set: ReportedSet, from: string): Promise<string> => {
    const pictures = plotFolder === undefined ? [] : await writePlots(plotsOf(set, speed, hours), plotFolder, from);
    return [describe(set), reportTables(set, referenceOf(set, values.reference)), ...pictures].join("\n\n");
  };
  const report = async (from: string): Promise<string> => {
    const texts: string[] = [];
    for (const set of sets) texts.push(await reportSet(set, from));
    return texts.join("\n\n");
  };
  if (values.card !== undefined) {
    const before = await read(values.card);
    // Before anything is written: it may refuse.
    replaceMarked(before, "", values.card);
    await write(values.card, replaceMarked(before, await report(dirname(values.card)), values.card));
  }
  if (values.out !== undefined) await write(join(values.out, "eval.md"), `${await report(values.out)}\n`);
  if (plotFolder === undefined) console.log(await report("."));
}

function parseHours(spec: string): [string, number] {
  const at = spec.lastIndexOf("=");
  const hours = Number(spec.slice(at + 1));
  if (at > 0 && spec.length > at + 1 && hours >= 0) return [spec.slice(0, at), hours];
  throw new EvalError({ kind: "badOption", detail: `--hours ${spec} is not NAME=H, H a number of hours.` });
}

async function readWhole(file: string): Promise<EvalFile> {
  const content = await readEvalFile(file);
  if (content) return content;
  throw new EvalError({ kind: "badResult", file, detail: "does not exist" });
}

function describe({ set }: ReportedSet): string {
  const seen = set.withProject
    ? "with the path and pieces of the package's other files"
    : set.withPath
      ? "with the path"
      : "the text alone";
  const head = set.prefixChars === undefined ? "" : `, ${set.prefixChars} characters of what stands before the hole`;
  return `**${set.data}**, ${set.problems} problems, ${seen}${head}; at most ${set.maxTokens} tokens. In parentheses 95 % intervals (bootstrap over problems).`;
}

/** @returns Markdown that shows them in a file in the folder `from` */
async function writePlots(plots: readonly Plot[], folder: string, from: string): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const pictures: string[] = [];
  for (const { name, title, spec } of plots) {
    const file = join(folder, `${name}.svg`);
    await write(file, await renderSvg(spec));
    pictures.push(`![${title}](${relative(resolve(from), resolve(file)).split(sep).join("/")})`);
  }
  return pictures;
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    throw new EvalError({ kind: "badOption", detail: `${file} can't be read (${code}).` }, { cause: error });
  }
}

async function write(file: string, text: string): Promise<void> {
  try {
    await replaceFile(file, text, `${process.pid}.tmp`);
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    throw new EvalError({ kind: "notWritten", file, code }, { cause: error });
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof EvalError ? error.message : error);
  process.exitCode = 1;
});
