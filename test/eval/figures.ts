import { randomFrom } from "../randomFrom";
import { bootstrap, type Interval } from "../replay/bootstrap";
import type { Attempt } from "./attempt";
import type { Verdict } from "./verdict";

export type Outcome = Pick<Attempt, "passes" | "writtenTokens" | "ms" | "ended"> & Verdict;

const mean = (all: readonly Outcome[], of: (outcome: Outcome) => number): number =>
  all.reduce((sum, outcome) => sum + of(outcome), 0) / all.length;
const share = (all: readonly Outcome[], is: (outcome: Outcome) => boolean): number => mean(all, (outcome) => (is(outcome) ? 1 : 0));

/** What is said of a contestant's answers to some problems. */
const STATISTICS = {
  /** of the problems with tests, which it is drawn from */
  passRate: (all) => share(all, ({ isPassed }) => isPassed === true),
  exactRate: (all) => share(all, ({ isExact }) => isExact),
  editSimilarity: (all) => mean(all, ({ similarity }) => similarity),
  parseRate: (all) => share(all, ({ parses }) => parses),
  /** all tokens over all passes: a long answer counts for more */
  tokensPerPass: (all) => mean(all, ({ writtenTokens }) => writtenTokens) / mean(all, ({ passes }) => passes),
  tokensPerSecond: (all) => (1_000 * mean(all, ({ writtenTokens }) => writtenTokens)) / mean(all, ({ ms }) => ms),
  passesPerAnswer: (all) => mean(all, ({ passes }) => passes),
  msPerAnswer: (all) => mean(all, ({ ms }) => ms),
  /** still writing when it was stopped */
  ranOnRate: (all) => share(all, ({ ended }) => ended === "length"),
} satisfies Record<string, (all: readonly Outcome[]) => number>;

export type FigureName = keyof typeof STATISTICS;
export const FIGURE_NAMES = Object.keys(STATISTICS) as FigureName[];

export type Figures = Readonly<Record<FigureName, Interval | null>> & { readonly n: number };

/** Each figure with its 95 % interval over problems drawn with replacement; null where there is nothing to say it of. */
export function figuresOf(outcomes: readonly Outcome[], seed = 1): Figures {
  return figures(outcomes, seed, (name, drawn) => STATISTICS[name](drawn.map((at) => outcomes[at]!)));
}

/**
 * How much more one contestant has than another on the same problems, with the 95 % interval of the difference: paired, each drawn problem counts for both.
 * @param one outcomes in the problems' order, as `other`
 */
export function differencesOf(one: readonly Outcome[], other: readonly Outcome[], seed = 1): Figures {
  if (one.length !== other.length) throw new Error("only answers to the same problems can be compared in pairs");
  const of = (name: FigureName, all: readonly Outcome[], drawn: readonly number[]): number => STATISTICS[name](drawn.map((at) => all[at]!));
  return figures(one, seed, (name, drawn) => of(name, one, drawn) - of(name, other, drawn));
}

function figures(outcomes: readonly Outcome[], seed: number, statistic: (name: FigureName, drawn: readonly number[]) => number): Figures {
  const all = [...outcomes.keys()];
  const tested = all.filter((at) => outcomes[at]!.isPassed !== null);
  const entries = FIGURE_NAMES.map((name) => {
    const counted = name === "passRate" ? tested : all;
    const interval = bootstrap(
      counted.length,
      (drawn) =>
        statistic(
          name,
          drawn.map((at) => counted[at]!),
        ),
      randomFrom(seed),
    );
    return [name, counted.length === 0 ? null : interval] as const;
  });
  return { ...(Object.fromEntries(entries) as Record<FigureName, Interval | null>), n: outcomes.length };
}
