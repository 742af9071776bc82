import * as vscode from "vscode";
import { definitions } from "./definitions";
import { importLines } from "./importLines";
import { NEAR_AFTER, NEAR_BEFORE } from "./namesNear";
import { ENOUGH_CHARS } from "./stablePieces";

/** So much is read of the document: where it says enough itself, nothing is looked for. */
const MOST_CHARS = 2 * ENOUGH_CHARS;

/** What stands where somebody writes. */
export interface TextAtCursor {
  /** the cursor, in UTF-16 units of the document */
  readonly at: number;
  /** near the cursor */
  readonly before: string;
  readonly after: string;
  /** of the document itself */
  readonly own: ReadonlyMap<string, readonly number[]>;
  readonly imports: string;
}

/** @returns undefined where no editor shows the document, or it says so much itself before the cursor that no pieces of others are sent */
export function textAtCursor(document: vscode.TextDocument): TextAtCursor | undefined {
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  const cursor = [activeTextEditor, ...visibleTextEditors].find((editor) => editor?.document === document)?.selection.active;
  if (cursor === undefined || document.offsetAt(cursor.with({ character: 0 })) >= ENOUGH_CHARS) return undefined;
  const at = document.offsetAt(cursor);
  const head = document.getText(new vscode.Range(new vscode.Position(0, 0), document.positionAt(MOST_CHARS)));
  return {
    at,
    before: document.getText(new vscode.Range(document.positionAt(at - NEAR_BEFORE), cursor)),
    after: document.getText(new vscode.Range(cursor, document.positionAt(at + NEAR_AFTER))),
    own: definitions(head),
    imports: importLines(head),
  };
}
