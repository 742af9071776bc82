import type { CanvasCell } from "../../src/backends/infiller";
import { confidenceLevel } from "./confidenceLevel";
import { element } from "./element";
import { percent, stateWords, tokenWords } from "./words";

/** Pixels between the card, its cell and the window's edge. */
const GAP_PX = 6;

/** What the model thought of one cell. For the eye: a screen reader finds the same words on the cell itself. */
export class CellCard {
  private readonly root = element("div", "card", { isHidden: true });
  private index: number | undefined;
  private anchor: HTMLElement | undefined;

  constructor() {
    this.root.hidden = true;
    document.body.append(this.root);
  }

  show(index: number, cells: readonly CanvasCell[], anchor: HTMLElement): void {
    this.index = index;
    this.anchor = anchor;
    this.refresh(cells);
  }

  hide(): void {
    this.index = undefined;
    this.root.hidden = true;
  }

  /** Draws the same cell after another step. */
  refresh(cells: readonly CanvasCell[]): void {
    const cell = this.index === undefined ? undefined : cells[this.index];
    if (cell === undefined || this.anchor?.isConnected !== true) return this.hide();
    this.root.replaceChildren(...content(cell));
    this.root.hidden = false;
    this.place(this.anchor.getBoundingClientRect());
  }

  private place(cell: DOMRect): void {
    const own = this.root.getBoundingClientRect();
    const fitsBelow = cell.bottom + GAP_PX + own.height <= window.innerHeight - GAP_PX;
    const top = fitsBelow ? cell.bottom + GAP_PX : cell.top - GAP_PX - own.height;
    const left = Math.min(cell.left, window.innerWidth - own.width - GAP_PX);
    this.root.style.top = `${Math.max(GAP_PX, top)}px`;
    this.root.style.left = `${Math.max(GAP_PX, left)}px`;
  }
}

function content(cell: CanvasCell): HTMLElement[] {
  const isMasked = cell.state === "masked" || cell.state === "remasked";
  const title = element("div", "card-title", {
    children: [
      element("code", "card-token", { text: isMasked ? "░░" : tokenWords(cell.text) }),
      element("span", "card-state", { text: stateWords(cell.state) }),
      ...(isMasked || cell.state === "clamped" ? [] : [element("strong", "card-percent", { text: percent(cell.confidence) })]),
    ],
  });
  if (cell.alternatives.length === 0) return [title];
  const rows = cell.alternatives.map((token) => {
    const bar = element("span", "bar-fill");
    bar.style.width = `${Math.min(1, Math.max(0, token.confidence)) * 100}%`;
    bar.dataset.level = String(confidenceLevel(token.confidence));
    return element("div", token.text === cell.text && !isMasked ? "alternative chosen" : "alternative", {
      children: [
        element("code", "card-token", { text: tokenWords(token.text) }),
        element("span", "bar", { children: [bar] }),
        element("span", "card-number", { text: percent(token.confidence) }),
      ],
    });
  });
  return [title, element("div", "alternatives", { children: rows })];
}
