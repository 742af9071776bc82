/** The messages between the extension (host) and the statistics page, both ways. The page is made anew each time it is shown, and then says `ready`. */
import type { UsageSummary } from "./usageSummary";

export interface StatisticsMessage {
  readonly type: "statistics";
  readonly summary: UsageSummary;
  /** `unmask.statistics`: whether offers are counted now */
  readonly isCounting: boolean;
}

const PAGE_MESSAGES = ["ready", "export", "delete"] as const;
export interface StatisticsRequest {
  readonly type: (typeof PAGE_MESSAGES)[number];
}

/** What a message from the page asks for; undefined for anything else, which is then ignored: the page is not trusted with more. */
export function parseStatisticsRequest(message: unknown): StatisticsRequest | undefined {
  if (typeof message !== "object" || message === null || !("type" in message)) return undefined;
  const type = PAGE_MESSAGES.find((known) => known === message.type);
  return type && { type };
}
