import { parseArgs } from "node:util";
import type { SamplerName } from "../backends/infiller";
import { parsePlace, type Place } from "./place";
import { UsageError } from "./usageError";

export interface TerminalArguments {
  /** Absent: the place that shows what this is. */
  readonly place?: Place;
  readonly severalLines: boolean;
  readonly sampler: SamplerName;
  /** A prepared model's folder. Absent: the store's. */
  readonly modelDirectory?: string;
  /** The base weights, where the user has them already. */
  readonly basePath?: string;
  /** The download was agreed to beforehand. */
  readonly yes: boolean;
  readonly json: boolean;
  readonly help: boolean;
}

export const HELP = `Fills a hole in a file by denoising, and shows it. The file is not changed.

  npm start                              a hole in a file of this repository
  npm start -- FILE:LINE:COL             the rest of that line is masked and written anew
  npm start -- FILE:LINE:COL-LINE:COL    the range is masked and written anew

Lines and columns count from 1.

  --lines            at a position: the answer may have several lines
  --sampler NAME     verified (the coder's own tokens, checked) or confidence (any order)
  --model DIR        a prepared model's folder
  --base FILE        base weights that you have already
  --yes              agree to the download beforehand (or set UNMASK_GET_MODEL=yes)
  --json             one JSON object on stdout, progress on stderr
  --help             this text
`;

/** @param argv without node and script; a bare "--" is ignored. @throws UsageError */
export function parseArguments(argv: readonly string[], env: NodeJS.ProcessEnv): TerminalArguments {
  const { values, positionals } = parse(argv.filter((argument) => argument !== "--"));
  if (positionals.length > 1) throw new UsageError(`One place at a time, not ${positionals.length}: see npm start -- --help.`);
  const { sampler = "verified" } = values;
  if (sampler !== "verified" && sampler !== "confidence")
    throw new UsageError(`There is no sampler "${sampler}": choose verified or confidence.`);
  return {
    ...(positionals[0] !== undefined && { place: parsePlace(positionals[0]) }),
    severalLines: values.lines ?? false,
    sampler,
    ...(values.model !== undefined && { modelDirectory: values.model }),
    ...(values.base !== undefined && { basePath: values.base }),
    yes: values.yes ?? env["UNMASK_GET_MODEL"] === "yes",
    json: values.json ?? false,
    help: values.help ?? false,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        lines: { type: "boolean" },
        sampler: { type: "string" },
        model: { type: "string" },
        base: { type: "string" },
        yes: { type: "boolean" },
        json: { type: "boolean" },
        help: { type: "boolean" },
      },
    });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UsageError(`${error.message.split(".", 1)[0]}: see npm start -- --help.`, { cause: error });
  }
}
