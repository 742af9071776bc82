import { relative, resolve } from "node:path";
import type { CanvasCell, Infill, InfillRequest } from "../backends/infiller";
import { sentPath } from "../context/sentPath";
import { demoPlace } from "./demoPlace";
import { fill } from "./fill";
import { frame, type FrameStyle } from "./frame";
import { getModel } from "./getModel";
import { cutHole, type Hole } from "./hole";
import { languageOf } from "./languageOf";
import { LiveScreen } from "./liveScreen";
import { HELP, parseArguments } from "./parseArguments";
import { showPlace } from "./place";
import { readSource } from "./readSource";
import { summary } from "./summary";

const MAX_TOKENS: Readonly<Record<Hole["region"], number>> = { line: 64, lines: 192, span: 256 };
const FIRST_MASKS = 8;
const INTERRUPTED = 130;

/**
 * The terminal front end: reads the place, gets the model, fills the hole and shows it.
 * @param repository folder with dist/ and models/
 * @returns the exit code
 * @throws UsageError, StoreError, EngineError
 */
export async function run(argv: readonly string[], repository: string, signal: AbortSignal): Promise<number> {
  const args = parseArguments(argv, process.env);
  if (args.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const place = args.place ?? demoPlace(repository);
  const hole = cutHole(await readSource(place.file), place, args.severalLines);
  const status = statusLine();
  const modelDirectory = args.modelDirectory ? resolve(args.modelDirectory) : await getModel(args, repository, status.show, signal);
  status.end();
  if (modelDirectory === undefined) return INTERRUPTED;

  const request: InfillRequest = {
    prefix: hole.prefix,
    suffix: hole.suffix,
    region: hole.region,
    languageId: languageOf(place.file),
    // As the extension sends it: the folder that is worked in is the project.
    path: sentPath(relative(process.cwd(), place.file)),
    maxTokens: MAX_TOKENS[hole.region],
    sampler: args.sampler,
  };
  const options = { repository, modelDirectory, signal };
  if (args.json) {
    process.stderr.write(`${showPlace(place)}\n`);
    const infill = await fill(request, options);
    process.stdout.write(`${JSON.stringify({ place, region: hole.region, leftOut: hole.leftOut, ...infill })}\n`);
    return exitCodeOf(infill);
  }

  process.stdout.write(`${showPlace(place)}\n\n`);
  const live = process.stdout.isTTY && !process.env["NO_COLOR"];
  const style: FrameStyle = {
    colour: live,
    linesAbove: 8,
    linesBelow: 5,
    mostLines: live ? Math.max(3, process.stdout.rows - 3) : Infinity,
  };
  const screen = new LiveScreen(process.stdout);
  let infill: Infill;
  try {
    if (live) screen.draw(frame(hole, Array<CanvasCell>(FIRST_MASKS).fill(MASKED), style));
    infill = await fill(request, { ...options, ...(live && { onStep: ({ cells }) => screen.draw(frame(hole, cells, style)) }) });
    const last = frame(hole, infill.tokens.length > 0 ? answerCells(infill) : [], style);
    if (live) screen.draw(last);
    else process.stdout.write(`${last.join("\n")}\n`);
  } finally {
    screen.close();
  }
  process.stdout.write(`\n${summary(infill)}\n`);
  return exitCodeOf(infill);
}

const MASKED: CanvasCell = { state: "masked", text: "", confidence: 0, alternatives: [] };

/** The answer as a canvas: its last token may reach beyond the text, which is what belongs in the file. */
function answerCells({ text, tokens }: Infill): CanvasCell[] {
  let left = text;
  return tokens.map((token, index) => {
    // Parts of a character read as U+FFFD in a token; the whole text decides what is shown.
    const own = index === tokens.length - 1 ? left : left.slice(0, token.text.length);
    left = left.slice(own.length);
    return { state: "revealed", text: own, confidence: token.confidence, alternatives: [] };
  });
}

function exitCodeOf({ ended }: Infill): number {
  return ended === "aborted" ? INTERRUPTED : 0;
}

/** Progress on stderr: one line over itself in a terminal, else a line for each new thing. */
function statusLine(): { readonly show: (words: string) => void; readonly end: () => void } {
  let last = "";
  return {
    show(words) {
      const thing = process.stderr.isTTY ? words : words.split(",", 1)[0]!;
      if (thing === last) return;
      last = thing;
      process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${thing}` : `${thing}\n`);
    },
    end() {
      if (last && process.stderr.isTTY) process.stderr.write("\r\x1b[K");
    },
  };
}
