import { Position, type TextDocument } from "vscode";
import type { SyntaxDocument } from "../region/syntaxTrees";

/** A document of the editor, as the syntax trees read it: live, so its version and text are those of the moment. */
export function syntaxDocument(document: TextDocument): SyntaxDocument {
  return {
    id: document.uri.toString(),
    languageId: document.languageId,
    get version() {
      return document.version;
    },
    get lineCount() {
      return document.lineCount;
    },
    // VS Code keeps where lines start, and counts anew only from an edit on.
    length: () => document.offsetAt(new Position(document.lineCount, 0)),
    text: () => document.getText(),
  };
}
