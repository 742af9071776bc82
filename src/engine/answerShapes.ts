/**
 * What the engine's answers must look like before the extension uses them: its process may be damaged, and what follows reads these fields
 * without looking. Must match `protocol.ts` and `infiller.ts`; the types of the lists below fail to compile where a name is missing.
 */
import type { CellState, DenoisingStep, Infill, InfillEnd } from "../backends/infiller";
import { hasFields, isArrayOf, isBoolean, isFiniteNumber, isOneOf, isString, orAbsent } from "./hasFields";
import type { EngineStatus, InitializeResult } from "./protocol";

const ENDS = Object.keys({ end: 0, suffix: 0, line: 0, length: 0, deadline: 0, aborted: 0 } satisfies Record<InfillEnd, 0>);
const STATES = Object.keys({ masked: 0, drafted: 0, revealed: 0, clamped: 0, remasked: 0, tail: 0 } satisfies Record<CellState, 0>);

const isToken = (value: unknown): boolean => hasFields(value, { text: isString, confidence: isFiniteNumber });
const isCell = (value: unknown): boolean =>
  isToken(value) && hasFields(value, { state: isOneOf(STATES), alternatives: isArrayOf(isToken) });
const isTimes = (value: unknown): boolean =>
  hasFields(value, { queuedMs: isFiniteNumber, prefillMs: isFiniteNumber, denoiseMs: isFiniteNumber, totalMs: isFiniteNumber });

export function isInfill(value: unknown): value is Infill {
  return hasFields(value, {
    text: isString,
    tokens: isArrayOf(isToken),
    ids: orAbsent(isArrayOf(isFiniteNumber)),
    passes: isFiniteNumber,
    prefillTokens: isFiniteNumber,
    cachedTokens: isFiniteNumber,
    writtenTokens: isFiniteNumber,
    times: isTimes,
    ended: isOneOf(ENDS),
    fits: isBoolean,
    model: isString,
  });
}

/** @param count how many were asked for */
export function areInfills(count: number): (value: unknown) => value is readonly Infill[] {
  return (value): value is readonly Infill[] => Array.isArray(value) && value.length === count && value.every(isInfill);
}

/** The parameters of a `step` notification. */
export function isStepParams(value: unknown): value is { readonly id: number; readonly step: DenoisingStep } {
  const isStep = (step: unknown): boolean => hasFields(step, { pass: isFiniteNumber, atMs: isFiniteNumber, cells: isArrayOf(isCell) });
  return hasFields(value, { id: isFiniteNumber, step: isStep });
}

export function isInitializeResult(value: unknown): value is InitializeResult {
  const isRuntime = (runtime: unknown): boolean =>
    hasFields(runtime, {
      name: isString,
      insteadOfNative: orAbsent(isString),
      wideProducts: orAbsent(isBoolean),
      provider: orAbsent(isString),
    });
  return hasFields(value, {
    model: isString,
    vocabularySize: isFiniteNumber,
    loadMs: isFiniteNumber,
    threads: isFiniteNumber,
    runtime: isRuntime,
  });
}

export function isEngineStatus(value: unknown): value is EngineStatus {
  return hasFields(value, { rssBytes: isFiniteNumber, cachedTokens: isFiniteNumber, cpuMs: isFiniteNumber });
}

export function isNull(value: unknown): value is null {
  return value === null;
}
