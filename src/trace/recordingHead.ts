import type { Recording, RecordingOutcome } from "./recording";
import type { OutcomeHead, RecordingHead } from "./traceProtocol";

/** A recording without its steps and texts. */
export function recordingHead(recording: Recording): RecordingHead {
  const { id, place, startedAtMs, request } = recording;
  const { region, languageId, sampler } = request;
  return { id, place, region, languageId, sampler, startedAtMs, isThinned: recording.thinned > 0, outcome: outcomeHead(recording.outcome) };
}

function outcomeHead(outcome: RecordingOutcome): OutcomeHead {
  if (outcome.kind !== "finished") return outcome;
  const { ended, passes, writtenTokens, prefillTokens, cachedTokens, times, fits, model, text } = outcome.infill;
  return { kind: "finished", ended, passes, writtenTokens, prefillTokens, cachedTokens, times, fits, model, isEmpty: text === "" };
}
