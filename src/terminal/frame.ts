import type { CanvasCell } from "../backends/infiller";
import type { Hole } from "./hole";

export interface FrameStyle {
  readonly colour: boolean;
  /** Lines shown above and below the region's. */
  readonly linesAbove: number;
  readonly linesBelow: number;
  /** Most lines of the whole; the middle of a larger region is left out. At least 3. */
  readonly mostLines: number;
}

const MASK = "░░";
const RESET = "\x1b[0m";
const DIM = "\x1b[2m";
const ITALIC = "\x1b[3m";
const BACKGROUND = "\x1b[48;5;236m";

/**
 * The file around the region and, in it, the canvas: masks as ░░, tokens coloured by confidence (red, orange, yellow, green), drafts in italics.
 * The clamped head is the prefix's own end and the tail the suffix's own beginning, so neither is drawn twice.
 * @param cells the canvas after a pass
 * @param above number of the first line of the file is 1
 * @returns lines without line ends; control characters of the file are made visible
 */
export function frame(hole: Hole, cells: readonly CanvasCell[], style: FrameStyle): string[] {
  const paint = (code: string, text: string): string => (style.colour && text !== "" ? `${code}${text}${RESET}` : text);
  const above = hole.prefix.split("\n");
  const below = hole.suffix.split("\n");
  const region = cells.map((cell) => drawCell(cell, paint)).join("");
  const first = Math.max(0, above.length - 1 - style.linesAbove);
  const middle = (paintLines(above.slice(-1)[0]!, paint) + region + paintLines(below[0]!, paint)).split("\n");
  const lines = [
    ...above.slice(first, -1).map((line) => paintLines(line, paint)),
    ...middle,
    ...below.slice(1, 1 + style.linesBelow).map((line) => paintLines(line, paint)),
  ];
  const numbered = lines.map((line, index) => paint(DIM, `${String(first + 1 + index).padStart(5)} │ `) + line);
  return shorten(numbered, style.mostLines);
}

function drawCell({ state, text, confidence }: CanvasCell, paint: (code: string, text: string) => string): string {
  switch (state) {
    case "clamped":
    case "tail":
      return "";
    case "masked":
    case "remasked":
      return paint(`${BACKGROUND}${DIM}`, MASK);
    case "drafted":
      return perLine(visible(text), (line) => paint(`${BACKGROUND}${ITALIC}${colourOf(confidence)}`, line));
    case "revealed":
      return perLine(visible(text), (line) => paint(`${BACKGROUND}${colourOf(confidence)}`, line));
  }
}

/** 256-colour codes, from red to green. @param confidence in [0, 1] */
export function colourOf(confidence: number): string {
  const colour = confidence >= 0.9 ? 114 : confidence >= 0.7 ? 150 : confidence >= 0.5 ? 221 : confidence >= 0.3 ? 215 : 203;
  return `\x1b[38;5;${colour}m`;
}

function paintLines(line: string, paint: (code: string, text: string) => string): string {
  return paint(DIM, visible(line));
}

/** Colours end before a line does, so that lines can be cut apart. */
function perLine(text: string, paintLine: (line: string) => string): string {
  return text.split("\n").map(paintLine).join("\n");
}

/** A file's escape sequences must not reach the terminal; U+2400 on are pictures of the control characters. */
function visible(text: string): string {
  return text.replace(/\t/g, "    ").replace(/\p{Cc}/gu, (control) => {
    if (control === "\n") return control;
    const code = control.charCodeAt(0);
    return String.fromCharCode(code < 0x20 ? 0x2400 + code : 0x2421);
  });
}

function shorten(lines: readonly string[], mostLines: number): string[] {
  if (lines.length <= mostLines) return [...lines];
  const kept = mostLines - 1;
  const head = Math.ceil(kept / 2);
  return [...lines.slice(0, head), `      ⋮ ${lines.length - kept} lines`, ...lines.slice(lines.length - (kept - head))];
}
