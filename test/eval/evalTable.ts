import type { Interval } from "../replay/bootstrap";
import type { Cut } from "./cuts";
import type { FigureName } from "./figures";
import { markdownTable } from "./markdownTable";
import type { ContestantResult } from "./result";

type Named = ContestantResult & { readonly name: string };

interface Column {
  readonly title: string;
  readonly cell: (result: Named) => string;
}

const figure =
  (name: FigureName, cut: Cut, write: (value: number) => string): Column["cell"] =>
  (result) =>
    withInterval(result.cuts[cut][name], write);
export const percent = (value: number): string => (100 * value).toFixed(1);

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

/** A Markdown table, a line a contestant, each figure with its 95 % interval; without the columns of which there is nothing to say. */
export function evalTable(results: readonly Named[]): string {
  const columns = COLUMNS.filter(({ cell }) => results.some((result) => cell(result) !== "–"));
  return markdownTable(
    columns.map(({ title }) => title),
    results.map((result) => columns.map(({ cell }) => cell(result))),
  );
}

export function withInterval(interval: Interval | null | undefined, write: (value: number) => string): string {
  if (!interval) return "–";
  return `${write(interval.value)} (${write(interval.low)} to ${write(interval.high)})`;
}
