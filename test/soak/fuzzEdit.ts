import type { FuzzDocument } from "./fuzzDocument";
import { HOSTILE_TEXT, hostileText } from "./hostileText";

const KEYS = "abcdefghijklmnopqrstuvwxyzABC_0123456789 .,;:()[]{}<>=+-*/'\"`&|!?#@\\";
/** Deleted from when it is longer: a document that only grows makes every later edit slow. */
const MOST_CHARS = 400_000;
const LONG_LINE_CHARS = 100_000;

type Edit = (document: FuzzDocument, random: () => number) => void;

const below = (random: () => number, end: number): number => Math.floor(random() * end);

const type: Edit = (document, random) => document.replace(0, 0, KEYS[below(random, KEYS.length)]!);
const breakLine: Edit = (document, random) => document.replace(0, 0, `\n${" ".repeat(2 * below(random, 5))}`);
const backspace: Edit = (document) => (document.character === 0 ? document.joinWithLineAbove() : document.replace(1, 0, ""));
const deleteAround: Edit = (document, random) => {
  const { lines, line, character } = document;
  document.replace(below(random, Math.min(character, 40) + 1), below(random, Math.min(lines[line]!.length - character, 40) + 1), "");
};
const jump: Edit = (document, random) => {
  const line = below(random, document.lines.length);
  document.moveTo(line, below(random, document.lines[line]!.length + 1));
};
const jumpToEnd: Edit = (document, random) => document.moveTo(below(random, document.lines.length), Infinity);
const insertHostile: Edit = (document, random) => document.replace(0, 0, HOSTILE_TEXT[below(random, HOSTILE_TEXT.length)]!);
const pasteHostile: Edit = (document, random) =>
  document.replace(0, 0, [1, 2, 3].map(() => hostileText(random, 1 + below(random, 8))).join(random() < 0.5 ? "\r\n" : "\n"));
const pasteLongLine: Edit = (document, random) => {
  const piece = hostileText(random, 20);
  document.replace(0, 0, piece.repeat(Math.ceil(LONG_LINE_CHARS / piece.length)).replace(/[\r\n]/g, " "));
};
const deleteLines: Edit = (document, random) => document.removeLines(below(random, document.lines.length), 1 + below(random, 20));

/** How often each comes, in a thousand. */
const EDITS: readonly (readonly [Edit, number])[] = [
  [type, 520],
  [breakLine, 60],
  [backspace, 90],
  [deleteAround, 50],
  [jump, 60],
  [jumpToEnd, 90],
  [insertHostile, 80],
  [pasteHostile, 37],
  [pasteLongLine, 3],
  [deleteLines, 10],
];

/** Does something at random to a document. */
export function fuzzEdit(document: FuzzDocument, random: () => number): void {
  let ticket = random() * 1_000;
  const [edit] = EDITS.find(([, share]) => (ticket -= share) < 0) ?? EDITS[0]!;
  edit(document, random);
  if (document.length > MOST_CHARS) document.removeLines(0, Math.ceil(document.lines.length / 2));
}
