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
  /** Where a request was made again: one that ends the engine every time must not do so on and on. */
  #again: string | undefined;

  constructor(private readonly engine: () => EngineState["kind"]) {}

  /** Makes a request of the editor's, which may share an answer with those before it. @returns what `ask` gives; rejects as it does */
  async watch(place: Place, ask: () => Promise<Suggestion | NoSuggestion>): Promise<Suggestion | NoSuggestion> {
    const number = ++this.#newest;
    this.#late = undefined;
    const wasThere = this.#isThere;
    const outcome = await ask();
    const isLate = outcome.kind === "none" && this.#isEnginesFault(outcome, wasThere);
    if (isLate && number === this.#newest && JSON.stringify(place) !== this.#again) this.#late = place;
    return outcome;
  }

  /** The engine is ready. @returns whether the request is to be made again: once, and only where nothing has changed since */
  isDue(now: Place | undefined): boolean {
    const late = this.#late && JSON.stringify(this.#late);
    this.#late = undefined;
    if (late === undefined || late !== JSON.stringify(now)) return false;
    this.#again = late;
    return true;
  }

  get #isThere(): boolean {
    return this.engine() === "ready" || this.engine() === "thinking";
  }

  #isEnginesFault({ reason }: NoSuggestion, wasThere: boolean): boolean {
    // One that died with the request may not be known to be gone yet.
    if (reason === "engineFailed") return true;
    // What came while the engine loaded had the less time, the longer that took.
    return reason === "outOfTime" && !(wasThere && this.#isThere);
  }
}
