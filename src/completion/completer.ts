import { EngineError } from "../backends/engineError";
import type { Infill, InfillRequest } from "../backends/infiller";
import { regionAtCursor, type CursorRegion } from "../region/regionAtCursor";
import { adaptiveDelayMs } from "./adaptiveDelay";
import { cachedAnswer } from "./cachedAnswer";
import { CompletionCache, type CacheHit } from "./completionCache";
import type { CompletionQuery } from "./completionQuery";
import { answerKey, deskRequest } from "./deskRequest";
import { denoiseForks } from "./denoiseForks";
import { forks } from "./forks";
import { gate } from "./gate/gate";
import { ineligible } from "./ineligible";
import { nextLine } from "./nextLine";
import { MovingAverage } from "./movingAverage";
import { none, type NoSuggestionReason, type Outcome, type Suggestion } from "./outcome";
import { placeText } from "./placeText";
import { writtenClosers } from "./writtenClosers";
import { RequestDesk, type AskBackend, type AskBranches, type DeskRequest } from "./requestDesk";

export interface CompleterParts {
  /** One request to the backend. Rejects with EngineError only. */
  readonly ask: AskBackend;
  /** The same for several branches at once. */
  readonly askBranches: AskBranches;
  /** Lets the backend read a request's context that may soon be asked for. */
  readonly readAhead: (request: InfillRequest) => void;
  readonly nowMs: () => number;
  /** The sureness from which on something is shown where no setting says it, in [0, 1]. */
  readonly learnedSureness: () => number;
  /** Resolves after the time, or at once when the signal aborts. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** A pause longer than this is thought, not typing. */
const LONGEST_KEY_INTERVAL_MS = 1_000;

/** Why nothing is offered at the end of a line that is complete. */
const LINE_IS_OVER: ReadonlySet<NoSuggestionReason> = new Set(["empty", "onlyWhiteSpace"]);

/** From a keystroke to an item or a named reason for none: the pipeline, in order. Knows no editor. */
export class Completer {
  private readonly cache = new CompletionCache();
  private readonly desk: RequestDesk;
  private readonly keyIntervalMs = new MovingAverage(150);
  private readonly firstTokenMs = new MovingAverage(60);
  private lastQueryMs = -Infinity;

  constructor(private readonly parts: CompleterParts) {
    this.desk = new RequestDesk(parts.ask, parts.askBranches);
  }

  /** @param signal the keystroke's: aborting it ends the wait, not the request */
  async complete(query: CompletionQuery, signal: AbortSignal): Promise<Outcome> {
    this.noteKey();
    const outcome = await this.outcome(query, signal);
    if (outcome.kind === "none" && LINE_IS_OVER.has(outcome.reason) && !signal.aborted) this.denoiseNextLine(query);
    return outcome;
  }

  /** Nothing belongs here any more: the next key is likely to be Enter, and what comes then is denoised meanwhile. */
  private denoiseNextLine(query: CompletionQuery): void {
    const next = nextLine(query);
    if (next === undefined || !this.desk.isIdle || unfitPlace(next) !== undefined) return;
    const region = regionOf(next);
    if (this.find(next, region, false) === undefined) this.start(deskRequest(next, region), next, region).catch(ignoreEngineError);
  }

  private async outcome(query: CompletionQuery, signal: AbortSignal): Promise<Outcome> {
    const unfit = unfitPlace(query);
    if (unfit !== undefined) return none(unfit);
    const region = regionOf(query);
    const known = this.lookUp(query, region, "cache");
    if (known !== undefined) return known;

    const isWritten = region.kind === "line" && this.cache.isWritten(answerKey(query), query.before, query.after);
    if (isWritten && !query.invoked) return none("empty");

    const request = deskRequest(query, region);
    let joined = this.desk.joinable(request);
    if (joined === undefined && !query.invoked) {
      const delayMs = adaptiveDelayMs(this.keyIntervalMs.value, this.firstTokenMs.value);
      if (delayMs > 0) await this.parts.sleep(delayMs, signal);
      if (signal.aborted) return none("superseded");
      joined = this.desk.joinable(request);
    }
    if (joined !== undefined) {
      const outcome = await this.outcomeOf(joined.result, query, region, signal);
      if (outcome !== undefined) return outcome;
      // What we joined says something else than what was typed meanwhile: ask anew, without a delay.
    }
    return (await this.outcomeOf(this.start(request, query, region), query, region, signal)) ?? none("outOfTime");
  }

  /**
   * Other answers for a place whose answer is known, the likeliest first: each goes another way at one of its tokens and is denoised on from there, all of
   * them by the same passes.
   * @param signal ends the search
   */
  async alternatives(query: CompletionQuery, signal: AbortSignal): Promise<Suggestion[]> {
    const region = regionOf(query);
    const hit = this.find(query, region, false);
    const found: Suggestion[] = [];
    if (hit === undefined || signal.aborted) return found;
    const seen = new Set([hit.rest.text.trimEnd()]);
    const ask = (heads: readonly string[]) => this.desk.startBranches(deskRequest(query, region), heads, signal).catch(ignoreEngineError);
    for (const answer of await denoiseForks(hit, query, region, ask)) {
      if (seen.has(answer.text.trimEnd())) continue;
      seen.add(answer.text.trimEnd());
      const gated = gate({ ...answer, typedChars: 0 }, 0);
      const outcome = gated && placeText({ ...gated, addedClosers: 0 }, answer.fits, query, query.selected, "engine");
      if (outcome?.kind === "suggestion") found.push(outcome);
    }
    return found;
  }

  /** How that came which has been shown for this place: in the region that typing has here, or in the one of the key. Undefined where nothing has. */
  shownBy(query: CompletionQuery): "typing" | "key" | undefined {
    const region = regionOf({ ...query, invoked: false });
    const answer = this.find(query, region, false)?.answer;
    if (answer === undefined || answer.shownChars === 0) return undefined;
    return answer.kind === region.kind ? "typing" : "key";
  }

  /** The cursor rests here: the next key is likely to come here too. */
  rest(query: CompletionQuery): void {
    if (!this.desk.isIdle || unfitPlace(query) !== undefined) return;
    const region = regionOf(query);
    if (this.find(query, region, false) === undefined) this.parts.readAhead(deskRequest(query, region).infill);
  }

  /** Forgets what is known for this place, and stops what is being asked for it. */
  forget(query: CompletionQuery): void {
    this.cache.forget(answerKey(query), query.before, query.after);
    if (this.desk.joinable(deskRequest(query, regionOf(query))) !== undefined) this.desk.abort();
  }

  /** Forgets all answers, and stops what runs: the model or a setting changed. */
  reset(): void {
    this.cache.clear();
    this.desk.abort();
  }

  private find(query: CompletionQuery, region: CursorRegion, isAnswered: boolean): CacheHit | undefined {
    return this.cache.find(answerKey(query), query.before, query.after, region.kind, isAnswered);
  }

  private lookUp(query: CompletionQuery, region: CursorRegion, source: Suggestion["source"]): Outcome | undefined {
    const hit = this.find(query, region, source === "engine");
    if (hit === undefined) return undefined;
    const { answer, rest } = hit;
    if (rest.text.trim() === "") return none(answer.dropped ?? "onlyWhiteSpace");
    const typedChars = answer.text.length - rest.text.length;
    // Who asks by key wants to see what there is.
    const gated = gate({ ...answer, typedChars }, query.invoked ? 0 : (query.settings.leastSureness ?? this.parts.learnedSureness()));
    if (gated === undefined) return none("unsure");
    // Of closers that the editor has set, a head takes those that it writes itself.
    const isHead = gated.text.length < rest.text.length;
    const addedClosers = isHead ? writtenClosers(gated.text, query.after.slice(0, rest.addedClosers)) : rest.addedClosers;
    const outcome = placeText({ ...gated, addedClosers }, answer.fits, query, query.selected, source);
    if (outcome.kind === "suggestion") this.cache.noteShown(answer, typedChars + gated.text.length);
    return outcome;
  }

  /** The request's answer goes to the cache whether or not somebody still waits for it: the next keystroke may want it. */
  private start(request: DeskRequest, query: CompletionQuery, region: CursorRegion): Promise<Infill> {
    return this.desk.start(request, (infill, lastStep) => {
      const { times, passes } = infill;
      if (passes > 0) this.firstTokenMs.add(times.prefillMs + times.denoiseMs / passes);
      const answer = cachedAnswer(infill, request.key, query, region);
      if (answer !== undefined) this.cache.put({ ...answer, forks: lastStep === undefined ? [] : forks(lastStep, answer.text) });
    }).result;
  }

  /** @returns undefined where the request ended and says nothing about this place */
  private async outcomeOf(
    result: Promise<Infill | "parted">,
    query: CompletionQuery,
    region: CursorRegion,
    signal: AbortSignal,
  ): Promise<Outcome | undefined> {
    try {
      const infill = await Promise.race([result, aborted(signal)]);
      if (infill === undefined || signal.aborted) return none("superseded");
      if (infill === "parted") return undefined;
      return this.lookUp(query, region, "engine") ?? (infill.ended === "aborted" ? none("superseded") : undefined);
    } catch (error) {
      if (error instanceof EngineError) return none("engineFailed");
      throw error;
    }
  }

  private noteKey(): void {
    const now = this.parts.nowMs();
    if (now - this.lastQueryMs < LONGEST_KEY_INTERVAL_MS) this.keyIntervalMs.add(now - this.lastQueryMs);
    this.lastQueryMs = now;
  }
}

function regionOf(query: CompletionQuery): CursorRegion {
  const { invoked, regionAsTyped = false, settings } = query;
  return regionAtCursor({ ...query, invoked: invoked && !regionAsTyped, multiline: settings.multiline });
}

/** Why nothing is offered here whatever the model says. */
function unfitPlace({ before, after, invoked, wantsOthers = false, syntax, settings }: CompletionQuery): NoSuggestionReason | undefined {
  const unfit = ineligible(before.slice(before.lastIndexOf("\n") + 1), after.split("\n", 1)[0]!, invoked || wantsOthers);
  if (unfit !== undefined) return unfit;
  if (invoked || wantsOthers) return undefined;
  if (settings.trigger === "manual") return "notInvoked";
  if (syntax?.inside === "comment" && !settings.comments) return "insideComment";
  return syntax?.inside === "string" && !settings.strings ? "insideString" : undefined;
}

/** The status item says that the engine failed; there are just fewer alternatives. */
function ignoreEngineError(error: unknown): undefined {
  if (!(error instanceof EngineError)) throw error;
}

/** Resolves with undefined when the signal aborts. A signal lives as long as one keystroke, so the listener does too. */
function aborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    else signal.addEventListener("abort", () => resolve(undefined), { once: true });
  });
}
