import { outcomesOf } from "../contest";
import { evalTables, percent, withInterval } from "../evalTables";
import { differencesOf, type FigureName } from "../figures";
import { markdownTable } from "../markdownTable";
import type { Reported, ReportedSet } from "./reportedSets";

/** What a set's answers are judged by first: their tests, where it has any. */
export function mainFigure({ contestants }: Pick<ReportedSet, "contestants">): "passRate" | "exactRate" {
  return contestants.some(({ cuts }) => cuts.whole.passRate) ? "passRate" : "exactRate";
}

export const FIGURE_TITLES = { passRate: "pass", exactRate: "exact" } as const;

/** All tables of a set, in Markdown. @param reference whom the others are compared with in pairs */
export function reportTables(set: ReportedSet, reference: Reported | undefined): string {
  const { contestants, unfinished } = set;
  const others = contestants.filter((contestant) => contestant !== reference);
  const running = unfinished
    .filter(({ attempts }) => attempts.length > 0)
    .map(({ name, attempts }) => `${name} (${attempts.length} answers)`);
  return [
    evalTables(contestants),
    ...groupTables(set, "kinds", "by kind"),
    ...groupTables(set, "languages", "by language"),
    ...(reference && others.length > 0 ? [differences(others, reference, mainFigure(set))] : []),
    ...(contestants.length > 0 ? [madeBy(contestants)] : []),
    ...(running.length > 0 ? [`Not over yet: ${running.join("; ")}.`] : []),
  ].join("\n\n");
}

/** @returns none where all problems are of one group */
function groupTables(set: ReportedSet, by: "kinds" | "languages", title: string): string[] {
  const { contestants } = set;
  const groups = [...new Set(contestants.flatMap((contestant) => Object.keys(contestant[by])))].sort();
  if (groups.length < 2) return [];
  const figure = mainFigure(set);
  const head = [
    `${FIGURE_TITLES[figure]} %, ${title}`,
    ...groups.map((group) => `${group} (${contestants.find((contestant) => contestant[by][group])![by][group]!.n})`),
  ];
  return [
    markdownTable(
      head,
      contestants.map((contestant) => [contestant.name, ...groups.map((group) => withInterval(contestant[by][group]?.[figure], percent))]),
    ),
  ];
}

function differences(others: readonly Reported[], reference: Reported, figure: "passRate" | "exactRate"): string {
  const points = (value: number): string => signed(100 * value, 1);
  const columns: readonly (readonly [title: string, name: FigureName, write: (value: number) => string])[] = [
    ...(figure === "passRate" ? ([["pass, points", "passRate", points]] as const) : []),
    ["exact, points", "exactRate", points],
    ["edit similarity, points", "editSimilarity", points],
    ["parses, points", "parseRate", points],
    ["tokens a pass", "tokensPerPass", (value) => signed(value, 2)],
    ["ms an answer", "msPerAnswer", (value) => signed(value, 0)],
  ];
  const than = outcomesOf(reference.attempts, "whole");
  const rows = others.map((other) => {
    const more = differencesOf(outcomesOf(other.attempts, "whole"), than);
    return [other.name, ...columns.map(([, name, write]) => withInterval(more[name], write))];
  });
  return markdownTable([`more than ${reference.name}`, ...columns.map(([title]) => title)], rows);
}

/** What the figures were made by, on which machine, and how busy that was before. */
function madeBy(contestants: readonly Reported[]): string {
  return markdownTable(
    ["made by", "engine", "weights' sha256", "threads", "processor", "load before"],
    contestants.map(({ name, settings, machine }) => [
      name,
      `${settings["engine"]} ${settings["version"]}${settings["onnxruntime"] ? `, onnxruntime ${settings["onnxruntime"]}` : ""}`,
      String(settings["weightsSha256"]).slice(0, 12),
      settings["threads"] ? String(settings["threads"]) : "as chosen",
      `${String(machine["processors"])} × ${String(machine["processor"])}`,
      Number(machine["loadBefore"]).toFixed(1),
    ]),
  );
}

function signed(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) === 0) return text;
  return `${value < 0 ? "−" : "+"}${text}`;
}
