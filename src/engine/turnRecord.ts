import { hasFields, isFiniteNumber, isString } from "./hasFields";

/** Who has the turn: the window that may hold a loaded engine. */
export interface TurnRecord {
  /** the window's, made anew with each: process ids are given out again */
  readonly id: string;
  readonly pid: number;
  /** wall clock, which the windows of one machine share */
  readonly claimedAtMs: number;
}

/** @returns undefined where the text is no record: nobody has the turn then */
export function parseTurnRecord(text: string): TurnRecord | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  const isRecord = hasFields(value, {
    id: isString,
    pid: (pid) => Number.isInteger(pid) && (pid as number) > 0,
    claimedAtMs: isFiniteNumber,
  });
  return isRecord ? (value as TurnRecord) : undefined;
}
