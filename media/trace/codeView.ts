import * as l10n from "@vscode/l10n";
import type { CanvasCell } from "../../src/backends/infiller";
import type { CodeLine, DrawnPiece, Fragment } from "./canvasLines";
import { CellCard } from "./cellCard";
import { confidenceLevel } from "./confidenceLevel";
import { element } from "./element";
import { cellWords } from "./words";

interface Row {
  readonly row: HTMLElement;
  readonly number: HTMLElement;
  readonly content: HTMLElement;
}

/**
 * The canvas in its code. An element belongs to a cell of the canvas and stays with it from step to step, so that only what changed moves.
 * One tab stop: within it, arrow keys go from cell to cell.
 */
export class CodeView {
  readonly root = element("div", "code", { role: "listbox", label: l10n.t("Canvas: arrow keys go from token to token") });
  private readonly rows: Row[] = [];
  private readonly fragments = new Map<string, HTMLElement>();
  private readonly card = new CellCard();
  private cells: readonly CanvasCell[] = [];
  private current = 0;

  constructor() {
    this.root.addEventListener("pointerover", (event) => this.showCard(cellOf(event.target)));
    this.root.addEventListener("pointerleave", () => this.card.hide());
    this.root.addEventListener("focusin", (event) => this.visit(cellOf(event.target)));
    this.root.addEventListener("focusout", () => this.card.hide());
    this.root.addEventListener("keydown", (event) => this.onKey(event));
    this.root.addEventListener("scroll", () => this.card.hide());
  }

  update(lines: readonly CodeLine[], cells: readonly CanvasCell[], animate: boolean): void {
    const hadFocus = this.root.contains(document.activeElement);
    const before = this.cells;
    this.cells = cells;
    this.current = Math.min(this.current, Math.max(0, cells.length - 1));
    const unused = new Set(this.fragments.keys());
    for (const [index, line] of lines.entries()) this.updateRow(this.rowAt(index), line, before, animate, unused);
    for (const { row } of this.rows.splice(lines.length)) row.remove();
    for (const key of unused) {
      this.fragments.get(key)?.remove();
      this.fragments.delete(key);
    }
    if (hadFocus && !this.root.contains(document.activeElement)) this.focusCell(this.current);
    this.card.refresh(cells);
  }

  private updateRow({ number, content }: Row, line: CodeLine, before: readonly CanvasCell[], animate: boolean, unused: Set<string>): void {
    if (number.textContent !== String(line.number)) number.textContent = String(line.number);
    for (const [position, fragment] of line.fragments.entries()) {
      const key = fragment.cell === undefined ? `${line.number}/${position}` : `cell:${fragment.cell}/${fragment.part}`;
      unused.delete(key);
      const shown = this.fragments.get(key) ?? element("span");
      this.fragments.set(key, shown);
      if (content.childNodes[position] !== shown) content.insertBefore(shown, content.childNodes[position] ?? null);
      if (fragment.cell === undefined) updateContext(shown, fragment);
      else this.updateCell(shown, fragment, fragment.cell, before[fragment.cell], animate);
    }
    while (content.childNodes.length > line.fragments.length) content.lastChild?.remove();
  }

  private updateCell(
    shown: HTMLElement,
    { part, pieces }: Fragment,
    index: number,
    before: CanvasCell | undefined,
    animate: boolean,
  ): void {
    const cell = this.cells[index]!;
    shown.tabIndex = index === this.current && part === 0 ? 0 : -1;
    const signature = JSON.stringify([cell.state, confidenceLevel(cell.confidence), pieces]);
    const label = cellWords(cell);
    if (part > 0) shown.setAttribute("aria-hidden", "true");
    else if (shown.getAttribute("aria-label") !== label) shown.setAttribute("aria-label", label);
    if (shown.dataset.signature === signature) {
      if (before?.state === cell.state) shown.classList.remove("arrived", "lost");
      return;
    }
    shown.dataset.signature = signature;
    shown.dataset.cell = String(index);
    shown.className = `cell ${cell.state}`;
    shown.dataset.level = String(confidenceLevel(cell.confidence));
    shown.setAttribute("role", "option");
    shown.setAttribute("aria-selected", "false");
    shown.replaceChildren(...pieces.map(drawPiece));
    if (animate && before !== undefined && before !== cell) markChange(shown, before, cell);
  }

  private rowAt(index: number): Row {
    const known = this.rows[index];
    if (known !== undefined) return known;
    const number = element("span", "number", { isHidden: true });
    const content = element("span", "content", { role: "presentation" });
    const row = element("div", "row", { role: "presentation", children: [number, content] });
    this.root.append(row);
    this.rows.push({ row, number, content });
    return this.rows[index]!;
  }

  private onKey(event: KeyboardEvent): void {
    const to = { ArrowRight: this.current + 1, ArrowLeft: this.current - 1, Home: 0, End: this.cells.length - 1 }[event.key];
    if (event.key === "Escape") this.card.hide();
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") this.focusCell(this.inLine(event.key === "ArrowDown" ? 1 : -1));
    else if (to !== undefined) this.focusCell(to);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** The cell that begins the next line with cells, up or down. */
  private inLine(direction: 1 | -1): number {
    const lines = this.rows.map(({ content }) => cellOf(content.querySelector("[data-cell]")));
    const own = this.rows.findIndex(({ content }) => content.contains(this.element(this.current) ?? null));
    for (let line = own + direction; line >= 0 && line < lines.length; line += direction) {
      const first = lines[line];
      if (first !== undefined && first !== this.current) return first;
    }
    return this.current;
  }

  private focusCell(index: number): void {
    const target = this.element(Math.min(Math.max(0, index), this.cells.length - 1));
    target?.focus();
    target?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  private visit(index: number | undefined): void {
    if (index === undefined) return;
    const previous = this.element(this.current);
    if (previous !== undefined) {
      previous.tabIndex = -1;
      previous.setAttribute("aria-selected", "false");
    }
    this.current = index;
    const target = this.element(index);
    if (target !== undefined) {
      target.tabIndex = 0;
      target.setAttribute("aria-selected", "true");
    }
    this.showCard(index);
  }

  private showCard(index: number | undefined): void {
    const anchor = index === undefined ? undefined : this.element(index);
    if (index === undefined || anchor === undefined) this.card.hide();
    else this.card.show(index, this.cells, anchor);
  }

  private element(index: number): HTMLElement | undefined {
    return this.fragments.get(`cell:${index}/0`);
  }
}

function cellOf(target: EventTarget | null): number | undefined {
  const cell = target instanceof Element ? target.closest<HTMLElement>("[data-cell]")?.dataset.cell : undefined;
  return cell === undefined ? undefined : Number(cell);
}

function updateContext(shown: HTMLElement, { pieces }: Fragment): void {
  const signature = JSON.stringify(pieces);
  if (shown.dataset.signature === signature) return;
  shown.dataset.signature = signature;
  shown.className = "context";
  shown.setAttribute("role", "presentation");
  shown.replaceChildren(...pieces.map(drawPiece));
}

function drawPiece({ kind, shown }: DrawnPiece): Node {
  return kind === "text" ? document.createTextNode(shown) : element("span", `piece ${kind}`, { text: shown });
}

/** A class that lasts until the next step; the style sheet fades the token in, or flashes the mask. */
function markChange(shown: HTMLElement, before: CanvasCell, now: CanvasCell): void {
  if (now.state === "remasked") shown.classList.add("lost");
  else if (now.state !== "masked" && now.state !== "clamped" && (before.state !== now.state || before.text !== now.text)) {
    shown.classList.add("arrived");
  }
}
