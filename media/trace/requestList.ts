import * as l10n from "@vscode/l10n";
import type { RecordingHead } from "../../src/trace/traceProtocol";
import { decimals } from "../../src/words/decimals";
import { element } from "./element";
import { splitPath } from "./splitPath";
import { milliseconds, outcomeWords } from "./words";

/** The last requests, newest first; choosing one shows its steps. */
export class RequestList {
  readonly root: HTMLElement;
  private readonly list = element("ol", "requests", { label: l10n.t("Last requests, newest first") });
  private readonly buttons = new Map<number, HTMLButtonElement>();

  constructor(private readonly choose: (id: number) => void) {
    this.root = element("nav", "side", {
      label: l10n.t("Requests"),
      children: [element("h2", "", { text: l10n.t("Requests") }), this.list],
    });
  }

  update(heads: readonly RecordingHead[], selected: number | undefined): void {
    const kept = new Set(heads.map((head) => head.id));
    for (const [id, button] of this.buttons) {
      if (kept.has(id)) continue;
      button.parentElement?.remove();
      this.buttons.delete(id);
    }
    for (const [position, head] of heads.entries()) {
      const button = this.buttonFor(head);
      const item = button.parentElement!;
      if (this.list.children[position] !== item) this.list.insertBefore(item, this.list.children[position] ?? null);
      if (head.id === selected) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
  }

  private buttonFor(head: RecordingHead): HTMLButtonElement {
    const button = this.buttons.get(head.id) ?? element("button", "request");
    if (!this.buttons.has(head.id)) {
      this.buttons.set(head.id, button);
      element("li", "", { children: [button] });
      button.onclick = () => this.choose(head.id);
    }
    const signature = JSON.stringify(head);
    if (button.dataset.signature === signature) return button;
    button.dataset.signature = signature;
    button.dataset.outcome = head.outcome.kind === "finished" ? head.outcome.ended : head.outcome.kind;
    const place = element("span", "place", {
      text: splitPath(head.place.file).name,
      children: [element("span", "line", { text: `:${head.place.line}` })],
    });
    const time = element("span", "time", { text: head.outcome.kind === "finished" ? milliseconds(head.outcome.times.totalMs) : "" });
    const how = element("span", "how", { text: outcomeWords(head.outcome) });
    const passes = element("span", "passes", { text: figures(head) });
    button.replaceChildren(element("span", "", { children: [place, time] }), element("span", "", { children: [how, passes] }));
    button.title = `${head.place.file}:${head.place.line}, ${new Date(head.startedAtMs).toLocaleTimeString()}`;
    return button;
  }
}

function figures({ outcome }: RecordingHead): string {
  if (outcome.kind !== "finished") return "";
  const passes = outcome.passes === 1 ? l10n.t("1 pass") : l10n.t("{0} passes", outcome.passes);
  return outcome.passes === 0 ? passes : `${passes} · ${l10n.t("{0}/pass", decimals(outcome.writtenTokens / outcome.passes, 1))}`;
}
