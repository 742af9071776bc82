/** A Markdown table as prettier lays it out: the first column to the left, figures to the right. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll("|", "\\|").replace(/\s+/g, " ")));
  const widths = head.map((_, column) => Math.max(3, ...cells.map((row) => [...row[column]!].length)));
  const pad = (cell: string, column: number): string => {
    const space = " ".repeat(widths[column]! - [...cell].length);
    return column === 0 ? cell + space : space + cell;
  };
  const line = (row: readonly string[]): string => `| ${row.join(" | ")} |`;
  const rule = widths.map((width, column) => (column === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  const [top, ...rest] = cells.map((row) => line(row.map(pad)));
  return [top, line(rule), ...rest].join("\n");
}
