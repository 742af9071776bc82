import type { Interval } from "../replay/bootstrap";
import type { Cut } from "./cuts";
import type { FigureName } from "./figures";
import type { ContestantResult } from "./result";

interface Column {
  readonly title: string;
  readonly cell: (result: ContestantResult) => string;
}

const figure =
  (name: FigureName, cut: Cut, write: (value: number) => string): Column["cell"] =>
  (result) => {
    const interval = result.cuts[cut][name];
    return interval === null ? "–" : withInterval(interval, write);
  };
const percent = (value: number): string => (100 * value).toFixed(1);

const COLUMNS: readonly Column[] = [
  { title: "", cell: ({ name }) => name },
  { title: "pass %", cell: figure("passRate", "whole", percent) },
  { title: "cut at line", cell: figure("passRate", "line", percent) },
  { title: "length given", cell: figure("passRate", "length", percent) },
  { title: "exact %", cell: figure("exactRate", "whole", percent) },
  { title: "cut at line", cell: figure("exactRate", "line", percent) },
  { title: "length given", cell: figure("exactRate", "length", percent) },
  { title: "edit similarity %", cell: figure("editSimilarity", "whole", percent) },
  { title: "parses %", cell: figure("parseRate", "whole", percent) },
  { title: "ran on %", cell: figure("ranOnRate", "whole", percent) },
  { title: "tokens a pass", cell: figure("tokensPerPass", "whole", (value) => value.toFixed(2)) },
  { title: "passes", cell: figure("passesPerAnswer", "whole", (value) => value.toFixed(1)) },
  { title: "ms an answer", cell: figure("msPerAnswer", "whole", (value) => value.toFixed(0)) },
  { title: "tokens/s", cell: figure("tokensPerSecond", "whole", (value) => value.toFixed(0)) },
];

/** A Markdown table, a line a contestant, each figure with its 95 % interval. */
export function evalTable(results: readonly ContestantResult[]): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [
    row(COLUMNS.map(({ title }) => title)),
    row(COLUMNS.map((_, at) => (at === 0 ? "---" : "---:"))),
    ...results.map((result) => row(COLUMNS.map(({ cell }) => cell(result)))),
  ].join("\n");
}

function withInterval({ value, low, high }: Interval, write: (value: number) => string): string {
  return `${write(value)} (${write(low)} to ${write(high)})`;
}
