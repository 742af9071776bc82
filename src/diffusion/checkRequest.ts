import { EngineError } from "../backends/engineError";
import type { InfillRequest } from "../backends/infiller";

const MOST_MASKS = 32;

/** @throws EngineError `badRequest` where a number is outside what `InfillRequest` allows. A block of 0 masks is allowed for `verified`: one token at a time. */
export function checkRequest({ maxTokens, sampler, blockSize, threshold }: InfillRequest): void {
  const leastMasks = sampler === "verified" ? 0 : 1;
  if (!Number.isSafeInteger(maxTokens) || maxTokens < 1) refuse(`maxTokens is ${maxTokens}, not a whole number from 1 on`);
  if (blockSize !== undefined && !(Number.isInteger(blockSize) && blockSize >= leastMasks && blockSize <= MOST_MASKS)) {
    refuse(`blockSize is ${blockSize}, not a whole number from ${leastMasks} to ${MOST_MASKS}`);
  }
  if (threshold !== undefined && !(threshold > 0 && threshold <= 1)) refuse(`threshold is ${threshold}, not in (0, 1]`);
}

function refuse(detail: string): never {
  throw new EngineError({ kind: "badRequest", detail });
}
