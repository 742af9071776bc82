import type { NoSuggestion, Suggestion } from "../completion/outcome";
import type { EngineState } from "../engine/engineState";

/** Where the cursor is, in which state of which document. */
export interface Place {
  readonly document: string;
  readonly version: number;
  /** lines and characters of the cursor and of the selection's other end */
  readonly positions: readonly number[];
}

/** Remembers the newest request where it got nothing because the engine was not there, so that it can be made once more when the engine is. */
export class LateRequest {
  #newest = 0;
  #late: Place | undefined;

  constructor(private readonly engine: () => EngineState["kind"]) {}

  /** Makes a request of the editor's, which may share an answer with those before it. @returns what `ask` gives; rejects as it does */
  async watch(place: Place, ask: () => Promise<Suggestion | NoSuggestion>): Promise<Suggestion | NoSuggestion> {
    const number = ++this.#newest;
    this.#late = undefined;
    const outcome = await ask();
    if (outcome.kind === "none" && number === this.#newest && this.#isEnginesFault(outcome)) this.#late = place;
    return outcome;
  }

  /** The engine has become ready. @returns whether the request is to be made again: once, and only where nothing has changed since */
  isDue(now: Place | undefined): boolean {
    const late = this.#late;
    this.#late = undefined;
    return late !== undefined && JSON.stringify(late) === JSON.stringify(now);
  }

  #isEnginesFault({ reason }: NoSuggestion): boolean {
    // One that died with the request may not be known to be gone yet.
    if (reason === "engineFailed") return true;
    return reason === "outOfTime" && this.engine() !== "ready" && this.engine() !== "thinking";
  }
}
