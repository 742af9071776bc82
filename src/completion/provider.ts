import * as vscode from "vscode";
import { isLanguageOn, type Settings } from "../config";
import { contextAround } from "../context/contextAround";
import { documentPath } from "../context/documentPath";
import type { RelatedFiles } from "../context/relatedFiles";
import type { SyntaxTrees } from "../region/syntaxTrees";
import { syntaxDocument } from "../context/syntaxDocument";
import type { Offered } from "../usage/offerWatch";
import type { Completer } from "./completer";
import type { CompletionQuery } from "./completionQuery";
import { AskingAgain } from "./askingAgain";
import { excludePattern } from "./excludePattern";
import type { LastSuggestion } from "./lastSuggestion";
import { indentUnitOf } from "./indentUnitOf";
import { none, type NoSuggestionReason, type Outcome, type Suggestion } from "./outcome";
import { selectedItem } from "./selectedItem";

export interface ProviderParts {
  readonly completer: Completer;
  readonly trees: SyntaxTrees;
  readonly related: Pick<RelatedFiles, "at">;
  readonly settings: (scope: vscode.TextDocument) => Settings;
  /** why the engine can't be asked now; starts what may change that */
  readonly notNow: () => Promise<NoSuggestionReason | undefined>;
  /** Makes a request; it may be asked for again when the engine is there. */
  readonly watch: (document: vscode.TextDocument, position: vscode.Position, ask: () => Promise<Outcome>) => Promise<Outcome>;
  /** Suggestions go to VS Code. @returns for each item the command that it runs when it is accepted */
  readonly offered: (offered: Offered) => readonly vscode.Command[];
  readonly log: vscode.LogOutputChannel;
}

/** Where ghost text may appear: files, new files and notebook cells; no output panes, no comparisons' old sides. */
export const DOCUMENTS: vscode.DocumentSelector = [{ scheme: "file" }, { scheme: "untitled" }, { scheme: "vscode-notebook-cell" }];

/** VS Code's side of the pipeline: turns a document and a position into a query, and an outcome into an item. */
export class InlineProvider implements vscode.InlineCompletionItemProvider {
  private last: LastSuggestion | undefined;
  private readonly askingForMore = new AskingAgain();
  private readonly askingAnew = new AskingAgain();

  constructor(private readonly parts: ProviderParts) {}

  /** What was given to VS Code last. */
  get lastSuggestion(): LastSuggestion | undefined {
    return this.last;
  }

  /** Asks for all that there is at the cursor: several lines, and what the gate hides. */
  askForMore(): Promise<void> {
    return this.askingForMore.ask();
  }

  /** Asks the engine at the cursor though the answer is known: related files may have changed since, or more time may be allowed. */
  askAnew(): Promise<void> {
    return this.askingAnew.ask();
  }

  async provideInlineCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
    context: vscode.InlineCompletionContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.InlineCompletionItem[]> {
    const askedAtMs = performance.now();
    const { version } = document;
    const others: Suggestion[] = [];
    const outcome = await this.parts.watch(document, position, () => this.complete(document, position, context, token, others));
    if (outcome.kind === "none") {
      this.parts.log.debug(`nothing at ${position.line + 1}:${position.character + 1}: ${outcome.reason}`);
      return [];
    }
    const { insertText, source } = outcome;
    this.parts.log.debug(
      `${insertText.length} characters and ${others.length} alternatives at ${position.line + 1}:${position.character + 1}, from the ${source}`,
    );
    const items = [outcome, ...others].map((suggestion) => itemAt(position, suggestion));
    // It does not show what it has cancelled, nor what was made for another text.
    if (!token.isCancellationRequested && document.version === version) {
      // With alternatives nobody knows which of them is on the screen.
      this.last = others.length > 0 ? undefined : { document, version, position, suggestion: outcome };
      const latencyMs = performance.now() - askedAtMs;
      const commands = this.parts.offered({ document, position, context, suggestion: outcome, others, latencyMs });
      for (const [index, item] of items.entries()) item.command = commands[index]!;
    }
    return items;
  }

  /** The cursor rests at a place where nobody has typed yet. */
  rest(document: vscode.TextDocument, position: vscode.Position): void {
    const settings = this.parts.settings(document);
    if (unfitDocument(document, settings) !== undefined || vscode.languages.match(DOCUMENTS, document) === 0) return;
    const typed: vscode.InlineCompletionContext = {
      triggerKind: vscode.InlineCompletionTriggerKind.Automatic,
      selectedCompletionInfo: undefined,
    };
    const query = this.query(document, position, typed, settings);
    if (query !== undefined) this.parts.completer.rest(query);
  }

  private async complete(
    document: vscode.TextDocument,
    position: vscode.Position,
    context: vscode.InlineCompletionContext,
    token: vscode.CancellationToken,
    others: Suggestion[],
  ): Promise<Outcome> {
    const isForMore = this.askingForMore.take();
    const isAnew = this.askingAnew.take();
    const settings = this.parts.settings(document);
    const { version } = document;
    const unfit = unfitDocument(document, settings) ?? (await this.parts.notNow());
    if (unfit !== undefined) return none(unfit);
    // The position is one of the document as it was: after an edit its line may not be there any more.
    if (token.isCancellationRequested || document.version !== version) return none("superseded");
    const asked = this.query(document, position, context, settings);
    if (asked === undefined) return none("selectedItemElsewhere");
    const shownBy = asked.invoked && !isForMore ? this.parts.completer.shownBy(asked) : undefined;
    // VS Code asks so too for the alternatives to what it shows: that stays the first of them.
    const wantsOthers = shownBy !== undefined && !isAnew;
    const query = wantsOthers ? { ...asked, invoked: false, wantsOthers } : { ...asked, regionAsTyped: shownBy === "typing" };
    if (isAnew) this.parts.completer.forget(query);
    const keystroke = new AbortController();
    const cancelled = token.onCancellationRequested(() => keystroke.abort());
    try {
      const outcome = await this.parts.completer.complete(query, keystroke.signal);
      if (wantsOthers && outcome.kind === "suggestion") others.push(...(await this.parts.completer.alternatives(query, keystroke.signal)));
      return outcome;
    } finally {
      cancelled.dispose();
    }
  }

  /** @returns undefined where the suggest widget's item does not hold the cursor */
  private query(
    document: vscode.TextDocument,
    position: vscode.Position,
    context: vscode.InlineCompletionContext,
    settings: Settings,
  ): CompletionQuery | undefined {
    const line = document.lineAt(position.line).text;
    const info = context.selectedCompletionInfo;
    const selected = info && selectedItem(info.text, lineRange(info.range), position.line, position.character);
    if (info !== undefined && selected === undefined) return undefined;
    const around = contextAround(document, info?.range.start ?? position, info?.range.end ?? position);
    return {
      document: document.uri.toString(),
      place: { file: vscode.workspace.asRelativePath(document.uri), line: position.line + 1 },
      languageId: document.languageId,
      path: documentPath(document),
      related: this.parts.related.at(document, position.line, around, settings["context.related"]),
      before: around.before + (selected?.text ?? ""),
      after: around.after,
      lineBefore: line.slice(0, position.character),
      lineAfter: line.slice(position.character),
      selected,
      invoked: context.triggerKind === vscode.InlineCompletionTriggerKind.Invoke,
      indentUnit: indentUnitOf(document),
      syntax: this.parts.trees.at(syntaxDocument(document), () => document.offsetAt(position), position.character),
      settings: {
        sampler: settings.sampler,
        blockSize: settings.blockSize ?? undefined,
        maxTokens: settings.maxTokens,
        leastSureness: settings.leastSureness === null ? undefined : settings.leastSureness / 100,
        deadlineMs: settings.deadlineMs,
        multiline: settings.multiline,
        comments: settings.comments,
        strings: settings.strings,
        trigger: settings.trigger,
      },
    };
  }
}

/** VS Code writes the document's own line ends when it inserts. */
function itemAt(position: vscode.Position, { insertText, replaceBefore, replaceAfter }: Suggestion): vscode.InlineCompletionItem {
  const range = new vscode.Range(position.translate(0, -replaceBefore), position.translate(0, replaceAfter));
  return new vscode.InlineCompletionItem(insertText, range);
}

function unfitDocument(document: vscode.TextDocument, settings: Settings): NoSuggestionReason | undefined {
  if (!settings.enable || !isLanguageOn(settings, document.languageId)) return "off";
  const isExcluded = settings.exclude.some((glob) => vscode.languages.match({ pattern: excludePattern(glob) }, document) > 0);
  return isExcluded ? "excludedFile" : undefined;
}

function lineRange({ start, end }: vscode.Range) {
  return { startLine: start.line, startCharacter: start.character, endLine: end.line, endCharacter: end.character };
}
