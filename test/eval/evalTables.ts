import type { Interval } from "../replay/bootstrap";
import type { Cut } from "./cuts";
import type { FigureName } from "./figures";
import { markdownTable } from "./markdownTable";
import type { ContestantResult } from "./result";

export type NamedResult = ContestantResult & { readonly name: string };

interface Column {
  readonly title: string;
  readonly cell: (result: NamedResult) => string;
}

const figure =
  (name: FigureName, cut: Cut, write: (value: number) => string): Column["cell"] =>
  (result) =>
    withInterval(result.cuts[cut][name], write);
export const percent = (value: number): string => (100 * value).toFixed(1);

const QUALITY: readonly Column[] = [
  { title: "pass %", cell: figure("passRate", "whole", percent) },
  { title: "pass %, cut at line", cell: figure("passRate", "line", percent) },
  { title: "pass %, length given", cell: figure("passRate", "length", percent) },
  { title: "exact %", cell: figure("exactRate", "whole", percent) },
  { title: "exact %, cut at line", cell: figure("exactRate", "line", percent) },
  { title: "exact %, length given", cell: figure("exactRate", "length", percent) },
  { title: "edit similarity %", cell: figure("editSimilarity", "whole", percent) },
  { title: "parses %", cell: figure("parseRate", "whole", percent) },
];

const SPEED: readonly Column[] = [
  { title: "tokens a pass", cell: figure("tokensPerPass", "whole", (value) => value.toFixed(2)) },
  { title: "passes an answer", cell: figure("passesPerAnswer", "whole", (value) => value.toFixed(1)) },
  { title: "ms an answer", cell: figure("msPerAnswer", "whole", (value) => value.toFixed(0)) },
  { title: "tokens/s", cell: figure("tokensPerSecond", "whole", (value) => value.toFixed(0)) },
  { title: "ran on %", cell: figure("ranOnRate", "whole", percent) },
];

/** Two Markdown tables, what the answers are worth and what they take: a line a contestant, each figure with its 95 % interval. */
export function evalTables(results: readonly NamedResult[]): string {
  return [QUALITY, SPEED].map((columns) => tableOf(columns, results)).join("\n\n");
}

/** Without the columns of which there is nothing to say. */
function tableOf(all: readonly Column[], results: readonly NamedResult[]): string {
  const columns = all.filter(({ cell }) => results.some((result) => cell(result) !== "–"));
  return markdownTable(
    ["", ...columns.map(({ title }) => title)],
    results.map((result) => [result.name, ...columns.map(({ cell }) => cell(result))]),
  );
}

export function withInterval(interval: Interval | null | undefined, write: (value: number) => string): string {
  if (!interval) return "–";
  return `${write(interval.value)} (${write(interval.low)} to ${write(interval.high)})`;
}
