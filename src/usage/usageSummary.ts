import { percentileMs } from "./histogram";
import { FATES, type Fate } from "./offer";
import { addCounts, dayBefore, NO_COUNTS, type UsageCounts, type UsageDays } from "./usageDays";

/** So many days the plot shows. */
export const PLOTTED_DAYS = 30;

/** What the statistics page shows of one group of offers. What can't be said of none is undefined. */
export interface UsageFigures {
  readonly offers: number;
  readonly fates: Readonly<Record<Fate, number>>;
  readonly acceptedChars: number;
  readonly typedChars: number;
  /** accepted, whole or in part, of all that could be read; in [0, 1] */
  readonly shareAccepted: number | undefined;
  readonly acceptMedianMs: number | undefined;
  readonly latencyMedianMs: number | undefined;
  readonly latency95Ms: number | undefined;
}

export interface UsageSummary {
  readonly total: UsageFigures;
  /** by accepted characters, the most first */
  readonly languages: readonly { readonly languageId: string; readonly figures: UsageFigures }[];
  /** the last `PLOTTED_DAYS`, oldest first, also those without an offer */
  readonly days: readonly { readonly day: string; readonly acceptedChars: number; readonly offers: number }[];
  /** the first day that is kept; undefined where none is */
  readonly since: string | undefined;
}

/** @param today as `dayOf` gives it */
export function summarizeUsage(days: UsageDays, today: string): UsageSummary {
  const byLanguage = new Map<string, UsageCounts>();
  for (const languages of Object.values(days))
    for (const [languageId, counts] of Object.entries(languages))
      byLanguage.set(languageId, addCounts(byLanguage.get(languageId) ?? NO_COUNTS, counts));
  return {
    total: figuresOf([...byLanguage.values()].reduce(addCounts, NO_COUNTS)),
    languages: [...byLanguage]
      .map(([languageId, counts]) => ({ languageId, figures: figuresOf(counts) }))
      .sort((a, b) => b.figures.acceptedChars - a.figures.acceptedChars || b.figures.offers - a.figures.offers),
    days: Array.from({ length: PLOTTED_DAYS }, (_, index) => {
      const day = dayBefore(today, PLOTTED_DAYS - 1 - index);
      const { acceptedChars, offers } = figuresOf(Object.values(days[day] ?? {}).reduce(addCounts, NO_COUNTS));
      return { day, acceptedChars, offers };
    }),
    since: Object.keys(days).sort()[0],
  };
}

function figuresOf({ fates: counted, acceptedChars, typedChars, acceptMs, latencyMs }: UsageCounts): UsageFigures {
  const fates = Object.fromEntries(FATES.map((fate) => [fate, counted[fate] ?? 0])) as Record<Fate, number>;
  const taken = fates.accepted + fates.acceptedInPart;
  const read = taken + fates.typed + fates.dismissed;
  return {
    offers: read + fates.unread,
    fates,
    acceptedChars,
    typedChars,
    shareAccepted: read === 0 ? undefined : taken / read,
    acceptMedianMs: percentileMs(acceptMs, 0.5),
    latencyMedianMs: percentileMs(latencyMs, 0.5),
    latency95Ms: percentileMs(latencyMs, 0.95),
  };
}
