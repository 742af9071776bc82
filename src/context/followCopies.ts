import * as vscode from "vscode";

/**
 * Tells of each copy and cut in an editor of a file. It stands beside VS Code's own: it takes no key over, reads and writes nothing of what is copied, and gives no way
 * to paste, for it names no kind of edit and no type of content.
 * @param tell is not waited for @returns what ends that
 */
export function followCopies(tell: (document: vscode.TextDocument, range: vscode.Range) => void): vscode.Disposable {
  return vscode.languages.registerDocumentPasteEditProvider(
    { scheme: "file" },
    { prepareDocumentPaste: (document, [range]) => (range === undefined ? undefined : tell(document, range)) },
    { providedPasteEditKinds: [], copyMimeTypes: [] },
  );
}
