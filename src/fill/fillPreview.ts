import * as vscode from "vscode";

/** Virtual documents that hold a document as it would be with a fill. */
export const FILL_SCHEME = "unmask-fill";

/** The right side of the comparison. */
export class FillPreview implements vscode.TextDocumentContentProvider {
  private readonly texts = new Map<string, string>();
  private count = 0;

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? "";
  }

  /** Opens the comparison of a document with its filled text. @returns the virtual document */
  async open(document: vscode.TextDocument, filled: string, title: string): Promise<vscode.Uri> {
    // Each preview has a name of its own: VS Code would show the text of the last one for the same name.
    const uri = vscode.Uri.from({ scheme: FILL_SCHEME, path: document.uri.path, query: String(++this.count) });
    this.texts.set(uri.toString(), filled);
    await vscode.commands.executeCommand("vscode.diff", document.uri, uri, title, {
      preview: true,
    } satisfies vscode.TextDocumentShowOptions);
    return uri;
  }

  async close(uri: vscode.Uri): Promise<void> {
    this.texts.delete(uri.toString());
    const tabs = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter((tab) => showsPreview(tab, uri));
    await vscode.window.tabGroups.close(tabs);
  }
}

/** Closes comparisons that a window before this one left open: their fill is gone, and they would show an empty file. */
export async function closeOldPreviews(): Promise<void> {
  const isPreview = ({ input }: vscode.Tab): boolean => input instanceof vscode.TabInputTextDiff && input.modified.scheme === FILL_SCHEME;
  await vscode.window.tabGroups.close(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(isPreview));
}

export function showsPreview(tab: vscode.Tab, uri: vscode.Uri): boolean {
  return tab.input instanceof vscode.TabInputTextDiff && tab.input.modified.toString() === uri.toString();
}
