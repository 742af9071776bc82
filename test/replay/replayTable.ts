import type { Interval } from "./bootstrap";
import type { KeyCounts } from "./keyCounts";
import { FIGURE_NAMES, FIGURES, sumOf, type FigureName } from "./replayFigures";

/** A line a figure: its value and interval, then its value in each language. */
export function figureTable(figures: Record<FigureName, Interval>, languages: Readonly<Record<string, readonly KeyCounts[]>>): string {
  const rows = FIGURE_NAMES.map((name) => {
    const { value, low, high } = figures[name];
    const each = Object.values(languages).map((files) => FIGURES[name](sumOf(files)).toFixed(1));
    return [name, value.toFixed(1), `${low.toFixed(1)} to ${high.toFixed(1)}`, ...each];
  });
  const table = [["", "all", "95 %", ...Object.keys(languages)], ...rows];
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  return table
    .map((row) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join("  "))
    .join("\n");
}
