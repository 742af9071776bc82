import { useUiLanguage } from "../src/words/uiLanguage";

/** A page's words are in its HTML, see panelHtml.ts: it may load nothing. Before this, all is English. */
export function speakPagesLanguage(root: HTMLElement | null): void {
  const bundle = JSON.parse(root?.dataset.words ?? "{}") as Record<string, string>;
  useUiLanguage({ tag: document.documentElement.lang, bundle });
}
