import type { Infill } from "../backends/infiller";

/**
 * The answer of a request that never reached the model: aborted or late while it waited.
 * @param model name of the model, "" where none is loaded yet
 * @param queuedMs how long it waited
 */
export function emptyInfill(ended: "aborted" | "deadline", model: string, queuedMs: number): Infill {
  return {
    text: "",
    tokens: [],
    passes: 0,
    prefillTokens: 0,
    cachedTokens: 0,
    writtenTokens: 0,
    times: { queuedMs, prefillMs: 0, denoiseMs: 0, totalMs: queuedMs },
    ended,
    fits: false,
    model,
  };
}
