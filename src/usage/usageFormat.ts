import { FATES } from "./offer";
import { LAST_BUCKET } from "./histogram";
import type { UsageCounts, UsageDays } from "./usageDays";

const VERSION = 1;
const BUCKETS = Array.from({ length: LAST_BUCKET + 1 }, (_, bucket) => String(bucket));
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The statistics file's text, also that of an export. */
export function formatUsage(days: UsageDays): string {
  return `${JSON.stringify({ version: VERSION, days })}\n`;
}

/** @returns undefined where the text is no statistics file of this version, or has one field that can't be: half of it is not to be trusted either */
export function parseUsage(text: string): UsageDays | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  if (!isRecord(value) || value["version"] !== VERSION) return undefined;
  const days = value["days"];
  return isRecord(days) && Object.entries(days).every(([day, languages]) => isDay(day) && isDayOfCounts(languages))
    ? (days as UsageDays)
    : undefined;
}

const isDay = (day: string): boolean => DAY.test(day) && !Number.isNaN(Date.parse(`${day}T00:00:00Z`));

function isDayOfCounts(languages: unknown): boolean {
  return isRecord(languages) && Object.values(languages).every(isCounts);
}

function isCounts(value: unknown): value is UsageCounts {
  if (!isRecord(value)) return false;
  const { fates, acceptedChars, typedChars, acceptMs, latencyMs } = value;
  const areChars = isCount(acceptedChars) && isCount(typedChars);
  return areChars && areCounts(fates, FATES) && areCounts(acceptMs, BUCKETS) && areCounts(latencyMs, BUCKETS);
}

function areCounts(value: unknown, names: readonly string[]): boolean {
  return isRecord(value) && Object.entries(value).every(([name, count]) => names.includes(name) && isCount(count));
}

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
