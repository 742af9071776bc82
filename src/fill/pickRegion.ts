import * as vscode from "vscode";
import { syntaxDocument } from "../context/syntaxDocument";
import { plainRegions, type PlainRegion } from "../region/plainRegions";
import type { SyntaxRegion } from "../region/syntaxRegions";
import type { SyntaxTrees } from "../region/syntaxTrees";
import { sayRangeLost } from "./sayRangeLost";

/** How long a person waits for a tree before there is just the line and the block. */
const TREE_WAIT_MS = 1_000;
const MOST_CHARS = 80;

interface RegionItem extends vscode.QuickPickItem {
  readonly range: vscode.Range;
}

/** Asks which part of the code around a place is to be filled; what the focus is on is marked in the editor. @returns undefined: none of them */
export async function pickRegion(editor: vscode.TextEditor, trees: SyntaxTrees): Promise<vscode.Range | undefined> {
  const { document } = editor;
  const at = editor.selection.active;
  const { version } = document;
  const offset = document.offsetAt(at);
  const found = await trees.regionsAt(syntaxDocument(document), offset, at.character, TREE_WAIT_MS);
  const regions = found === undefined || found.length === 0 ? plainRegions(document.getText(), offset) : found;
  const items = regions.map((region) => itemOf(document, region));
  // What the model finds missing at the cursor itself is a fill too.
  if (!items.some(({ range }) => range.isEmpty)) {
    items.push({ label: vscode.l10n.t("Here"), description: vscode.l10n.t("insert at the cursor"), range: new vscode.Range(at, at) });
  }
  const chosen = document.version === version ? await choose(editor, items) : undefined;
  if (document.version === version) return chosen;
  // Where it lies now is not known.
  sayRangeLost();
  return undefined;
}

function itemOf(document: vscode.TextDocument, region: SyntaxRegion | PlainRegion): RegionItem {
  const range = new vscode.Range(document.positionAt(region.start), document.positionAt(region.end));
  const lines = range.end.line - range.start.line + 1;
  const first = document.getText(range).split(/\r?\n/, 1)[0]!;
  const excerpt = first.length <= MOST_CHARS ? first : `${first.slice(0, MOST_CHARS - 1)}…`;
  return {
    label: labelOf(region),
    description: lines === 1 ? excerpt : vscode.l10n.t("{0} … ({1} lines)", excerpt, lines),
    range,
  };
}

function labelOf(region: SyntaxRegion | PlainRegion): string {
  switch (region.kind) {
    case "expression":
      return vscode.l10n.t("Expression");
    case "statement":
      return vscode.l10n.t("Statement");
    case "arguments":
      return vscode.l10n.t("Arguments");
    case "value":
      return vscode.l10n.t("Value");
    case "declaration":
      return vscode.l10n.t("Declaration");
    case "element":
      return vscode.l10n.t("Element");
    case "entry":
      return vscode.l10n.t("Entry");
    case "line":
      return vscode.l10n.t("Line");
    case "block":
      return vscode.l10n.t("Block");
    case "body":
      return region.name === undefined ? vscode.l10n.t("Body") : vscode.l10n.t("Body of {0}", region.name);
  }
}

/** The list, with the focused item's range marked and in view; the editor shows again what it showed when the list closes without a choice. */
async function choose(editor: vscode.TextEditor, items: readonly RegionItem[]): Promise<vscode.Range | undefined> {
  const mark = vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor("editor.selectionHighlightBackground"),
    border: "1px solid",
    borderColor: new vscode.ThemeColor("editor.selectionHighlightBorder"),
  });
  const pick = vscode.window.createQuickPick<RegionItem>();
  pick.title = vscode.l10n.t("Unmask: Fill Syntax Node");
  pick.placeholder = vscode.l10n.t("What is to be filled?");
  pick.matchOnDescription = true;
  pick.items = items;
  const shown = editor.visibleRanges[0];
  let isChosen = false;
  try {
    return await new Promise<vscode.Range | undefined>((resolve) => {
      pick.onDidChangeActive(([active]) => {
        editor.setDecorations(mark, active === undefined ? [] : [active.range]);
        if (active !== undefined) editor.revealRange(active.range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
      });
      pick.onDidAccept(() => {
        isChosen = true;
        resolve(pick.activeItems[0]?.range);
      });
      pick.onDidHide(() => {
        resolve(undefined);
        if (!isChosen && shown !== undefined) editor.revealRange(shown, vscode.TextEditorRevealType.AtTop);
      });
      pick.show();
    });
  } finally {
    pick.dispose();
    mark.dispose();
  }
}
