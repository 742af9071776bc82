import type { EngineFailure } from "../backends/engineError";
import { hasFields, isFiniteNumber, isString } from "./hasFields";

/** The fields of each failure, besides its kind. A new kind without them does not compile. */
const FIELDS: {
  readonly [Kind in EngineFailure["kind"]]: Record<
    Exclude<keyof Extract<EngineFailure, { kind: Kind }>, "kind">,
    (value: unknown) => boolean
  >;
} = {
  modelMissing: { directory: isString },
  modelDamaged: { file: isString, detail: isString },
  engineWontStart: { detail: isString },
  engineDied: { detail: isString },
  engineKeepsDying: { times: isFiniteNumber, detail: isString },
  badRequest: { detail: isString },
};

/**
 * The failure that came with an error response of the engine.
 * @param data what came as the error's data
 * @returns undefined where it is no failure this side knows
 */
export function readFailure(data: unknown): EngineFailure | undefined {
  const kind = (data as { readonly kind?: unknown } | null | undefined)?.kind;
  if (typeof kind !== "string" || !Object.hasOwn(FIELDS, kind)) return undefined;
  return hasFields(data, FIELDS[kind as EngineFailure["kind"]]) ? (data as EngineFailure) : undefined;
}
