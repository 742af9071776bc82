import type { TopLevelSpec } from "vega-lite";
import type { Interval } from "../../replay/bootstrap";
import { logTicks } from "./logTicks";
import { FIGURE_TITLES, mainFigure } from "./reportTables";
import type { Reported, ReportedSet } from "./reportedSets";

export interface Plot {
  /** of its file, without ending */
  readonly name: string;
  readonly title: string;
  readonly spec: TopLevelSpec;
}

/** Okabe and Ito's colours, which most eyes tell apart. */
const COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#999999"];
const CONFIG = {
  background: "white",
  font: "sans-serif",
  axis: { labelFontSize: 12, titleFontSize: 12, gridColor: "#e5e5e5" },
  legend: { labelFontSize: 12, labelLimit: 300 },
  title: { fontSize: 14 },
} as const;

/** What may stand for speed: time tells most, on a machine that does nothing else; passes are the same on any. */
export const SPEEDS = {
  msPerAnswer: "ms an answer, faster to the left",
  passesPerAnswer: "forward passes an answer, faster to the left",
  tokensPerSecond: "tokens/s, faster to the right",
} as const;

export type Speed = keyof typeof SPEEDS;

/**
 * The plots of a set; none where nobody is done.
 * @param hours how long each contestant was trained, by its name; who is not named is left out of that plot
 */
export function plotsOf(set: ReportedSet, speed: Speed = "msPerAnswer", hours: ReadonlyMap<string, number> = new Map()): Plot[] {
  if (set.contestants.length === 0) return [];
  const { stem } = set;
  const figure = FIGURE_TITLES[mainFigure(set)];
  const trained = set.contestants.filter(({ name }) => hours.has(name));
  return [
    { name: `${stem}-speed`, title: `${stem}: ${figure} against speed, with 95 % intervals`, spec: qualityAgainstSpeed(set, speed) },
    ...(trained.length < 2
      ? []
      : [
          {
            name: `${stem}-hours`,
            title: `${stem}: ${figure} against hours trained, with 95 % intervals`,
            spec: qualityAgainstHours(set, trained, hours),
          },
        ]),
    ...(["kinds", "languages"] as const).flatMap((by) => {
      const groups = new Set(set.contestants.flatMap((contestant) => Object.keys(contestant[by])));
      if (groups.size < 2) return [];
      const title = `${stem}: ${figure} by ${by === "kinds" ? "kind" : "language"}, with 95 % intervals`;
      return [{ name: `${stem}-${by}`, title, spec: qualityByGroup(set, by) }];
    }),
  ];
}

function qualityAgainstSpeed(set: ReportedSet, speed: Speed): TopLevelSpec {
  const figure = mainFigure(set);
  const values = set.contestants.map(({ name, cuts: { whole } }) => ({
    name,
    ...fieldsOf("quality", whole[figure], 100),
    ...fieldsOf("speed", whole[speed], 1),
  }));
  const ends = set.contestants.flatMap(({ cuts }) => [cuts.whole[speed]!.low, cuts.whole[speed]!.high]);
  const axis = { values: logTicks(Math.min(...ends), Math.max(...ends)), format: ",~r" };
  const scale = { type: "log", nice: false, padding: 20 } as const;
  const x = { type: "quantitative", scale, axis, title: SPEEDS[speed] } as const;
  const y = { type: "quantitative", scale: { zero: true }, title: `${FIGURE_TITLES[figure]} %` } as const;
  return {
    ...{ config: CONFIG, width: 560, height: 360, data: { values } },
    encoding: { color: colour(set.contestants) },
    layer: [
      {
        mark: { type: "rule", strokeWidth: 1.5 },
        encoding: { x: { field: "speed", ...x }, y: { field: "qualityLow", ...y }, y2: { field: "qualityHigh" } },
      },
      {
        mark: { type: "rule", strokeWidth: 1.5 },
        encoding: { x: { field: "speedLow", ...x }, x2: { field: "speedHigh" }, y: { field: "quality", ...y } },
      },
      {
        mark: { type: "point", filled: true, size: 90, opacity: 1 },
        encoding: { x: { field: "speed", ...x }, y: { field: "quality", ...y } },
      },
    ],
  };
}

function qualityAgainstHours(set: ReportedSet, trained: readonly Reported[], hours: ReadonlyMap<string, number>): TopLevelSpec {
  const figure = mainFigure(set);
  const values = trained.map(({ name, cuts: { whole } }) => ({
    name,
    hours: hours.get(name)!,
    ...fieldsOf("quality", whole[figure], 100),
  }));
  const x = { field: "hours", type: "quantitative", scale: { zero: true }, title: "hours trained" } as const;
  const y = { type: "quantitative", scale: { zero: true }, title: `${FIGURE_TITLES[figure]} %` } as const;
  return {
    ...{ config: CONFIG, width: 560, height: 320, data: { values } },
    encoding: { x },
    layer: [
      { mark: { type: "line", color: "#999999" }, encoding: { y: { field: "quality", ...y } } },
      {
        mark: { type: "rule", strokeWidth: 1.5 },
        encoding: { y: { field: "qualityLow", ...y }, y2: { field: "qualityHigh" }, color: colour(trained) },
      },
      { mark: { type: "point", filled: true, size: 90, opacity: 1 }, encoding: { y: { field: "quality", ...y }, color: colour(trained) } },
    ],
  };
}

function qualityByGroup(set: ReportedSet, by: "kinds" | "languages"): TopLevelSpec {
  const figure = mainFigure(set);
  const values = set.contestants.flatMap((contestant) =>
    Object.entries(contestant[by]).map(([group, figures]) => ({
      name: contestant.name,
      group,
      ...fieldsOf("quality", figures[figure], 100),
    })),
  );
  const names = set.contestants.map(({ name }) => name);
  const place = { field: "group", type: "nominal", title: null, axis: { labelAngle: 0 } } as const;
  const offset = { field: "name", type: "nominal", sort: names } as const;
  const y = { type: "quantitative", scale: { zero: true }, title: `${FIGURE_TITLES[figure]} %` } as const;
  return {
    ...{ config: CONFIG, width: { step: 16 }, height: 320, data: { values } },
    encoding: { x: place, xOffset: offset, color: colour(set.contestants) },
    layer: [
      { mark: { type: "rule", strokeWidth: 1.5 }, encoding: { y: { field: "qualityLow", ...y }, y2: { field: "qualityHigh" } } },
      { mark: { type: "point", filled: true, size: 70, opacity: 1 }, encoding: { y: { field: "quality", ...y } } },
    ],
  };
}

function colour(contestants: readonly Reported[]) {
  const names = contestants.map(({ name }) => name);
  return { field: "name", type: "nominal", title: null, scale: { domain: names, range: COLOURS }, sort: names } as const;
}

function fieldsOf(name: string, interval: Interval | null, factor: number): Record<string, number> {
  if (!interval) return {};
  return { [name]: factor * interval.value, [`${name}Low`]: factor * interval.low, [`${name}High`]: factor * interval.high };
}
