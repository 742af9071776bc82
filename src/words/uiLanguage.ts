import * as l10n from "@vscode/l10n";

/** A language, and what there is of it. */
export interface UiLanguage {
  /** as VS Code names it: "de" */
  readonly tag: string;
  /** English sentence to sentence in this language, as l10n/ holds them; empty for English itself */
  readonly bundle: Readonly<Record<string, string>>;
}

export const ENGLISH: UiLanguage = { tag: "en", bundle: {} };

let spoken = ENGLISH;

/** From now on all words are in this language. One for which there are no words is English. */
export function useUiLanguage(language: UiLanguage): void {
  spoken = language;
  l10n.config({ contents: { ...language.bundle } });
}

/** The language with its words, for a page that has no access to them. */
export function spokenLanguage(): UiLanguage {
  return spoken;
}

/** The language that is spoken, for numbers and dates. English sentences have English numbers, whatever language VS Code has. */
export function uiLanguage(): string {
  return spoken.tag;
}
