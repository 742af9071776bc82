import type { CanvasCell } from "../../src/backends/infiller";
import type { CanvasContext } from "./contextAround";
import { visiblePieces, type Piece, type PieceKind } from "./visiblePieces";

/** A cell, or what of it stands in one line; or a line's part of the code around the canvas. */
export interface Fragment {
  /** index of the cell; undefined for the code around */
  readonly cell: number | undefined;
  /** 0 for the cell's first fragment, counting up from line to line */
  readonly part: number;
  readonly pieces: readonly DrawnPiece[];
}

export interface DrawnPiece extends Omit<Piece, "kind"> {
  readonly kind: PieceKind | "mask" | "end";
}

export interface CodeLine {
  readonly number: number;
  readonly fragments: readonly Fragment[];
}

const MASK: DrawnPiece = { kind: "mask", raw: "", shown: "░░░" };
const REMASK: DrawnPiece = { kind: "mask", raw: "", shown: "▒▒▒" };
const END: DrawnPiece = { kind: "end", raw: "", shown: "∎" };

/** The canvas in its code as lines of a file, each made of fragments. A line break belongs to the line that it ends. */
export function canvasLines(context: CanvasContext, cells: readonly CanvasCell[]): CodeLine[] {
  const perCell = markTrailingSpaces(cells.map(drawnPieces), /^\n|^$/.test(context.after));
  const flow: Fragment[] = [
    ...splitAtLineBreaks(undefined, textPieces(context.before)),
    ...perCell.flatMap((pieces, cell) => splitAtLineBreaks(cell, pieces)),
    ...splitAtLineBreaks(undefined, textPieces(context.after)),
  ];
  const lines: Fragment[][] = [[]];
  for (const fragment of flow) {
    lines.at(-1)!.push(fragment);
    if (fragment.pieces.at(-1)?.kind === "newline") lines.push([]);
  }
  return lines.map((fragments, index) => ({ number: context.firstLine + index, fragments }));
}

function drawnPieces(cell: CanvasCell): readonly DrawnPiece[] {
  if (cell.state === "masked") return [MASK];
  if (cell.state === "remasked") return [REMASK];
  return cell.text === "" ? [END] : visiblePieces(cell.text);
}

/** Code around the canvas is scenery: its line breaks break, and need no sign. */
function textPieces(text: string): Piece[] {
  return visiblePieces(text).map((piece) => (piece.kind === "newline" ? { ...piece, shown: "" } : piece));
}

function splitAtLineBreaks(cell: number | undefined, pieces: readonly DrawnPiece[]): Fragment[] {
  const parts: DrawnPiece[][] = [[]];
  for (const [index, piece] of pieces.entries()) {
    parts.at(-1)!.push(piece);
    if (piece.kind === "newline" && index < pieces.length - 1) parts.push([]);
  }
  return parts.filter((part) => part.length > 0).map((part, index) => ({ cell, part: index, pieces: part }));
}

/** Spaces are signs only where nothing follows in their line: there they are a fault that can't be seen. */
function markTrailingSpaces(cells: readonly (readonly DrawnPiece[])[], endsLine: boolean): DrawnPiece[][] {
  let isLineEnd = endsLine;
  return cells
    .toReversed()
    .map((pieces) =>
      pieces
        .toReversed()
        .flatMap((piece) => {
          if (piece.kind === "end") return [piece];
          const spaces = isLineEnd && piece.kind === "text" ? / +$/.exec(piece.raw)?.[0] : undefined;
          isLineEnd = piece.kind === "newline" || (isLineEnd && (piece.kind === "tab" || spaces === piece.raw));
          if (spaces === undefined) return [piece];
          const rest = piece.raw.slice(0, -spaces.length);
          const marked: DrawnPiece = { kind: "space", raw: spaces, shown: "·".repeat(spaces.length) };
          return rest === "" ? [marked] : [marked, { kind: "text" as const, raw: rest, shown: rest }];
        })
        .toReversed(),
    )
    .toReversed();
}
