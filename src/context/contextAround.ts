import * as vscode from "vscode";
import { documentLines } from "./documentLines";
import { notebookOf } from "./notebookOf";
import { readContext, type TextAround } from "./readContext";
import { stackedLines } from "./stackedLines";

/**
 * What stands around a place, as much as is worth sending. Before a notebook's cell stand the code cells above it in the same language: they ran, or will have
 * run, before it. Behind it stands what is left of the cell alone: what follows in the next was not written to go on from here.
 */
export function contextAround(document: vscode.TextDocument, start: vscode.Position, end: vscode.Position = start): TextAround {
  const above = cellsAbove(document);
  if (above.length === 0) return readContext(documentLines(document), start, end);
  const lines = stackedLines([...above, document].map(documentLines));
  const shifted = ({ line, character }: vscode.Position) => ({ line: line + lines.lastStart, character });
  return readContext(lines, shifted(start), shifted(end));
}

function cellsAbove(document: vscode.TextDocument): vscode.TextDocument[] {
  const cells = notebookOf(document)?.getCells() ?? [];
  const own = cells.findIndex((cell) => cell.document === document);
  return cells
    .slice(0, Math.max(0, own))
    .filter((cell) => cell.kind === vscode.NotebookCellKind.Code && cell.document.languageId === document.languageId)
    .map((cell) => cell.document);
}
