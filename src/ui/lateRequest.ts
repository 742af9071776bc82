import type { NoSuggestion, Outcome } from "../completion/outcome";
import { isUp, type EngineState } from "../engine/engineState";

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
  /** The place of a request that came to nothing, as JSON. */
  #late: string | undefined;
  /** And of the last one that was made again: one that ends the engine every time must not do so on and on. */
  #again: string | undefined;

  constructor(private readonly engine: () => EngineState["kind"]) {}

  /** Makes a request of the editor's, which may share an answer with those before it. @returns what `ask` gives; rejects as it does */
  async watch(place: Place, ask: () => Promise<Outcome>): Promise<Outcome> {
    const number = ++this.#newest;
    this.#late = undefined;
    const wasUp = isUp(this.engine());
    const where = JSON.stringify(place);
    const outcome = await ask();
    const isLate = outcome.kind === "none" && this.#isEnginesFault(outcome, wasUp);
    if (isLate && number === this.#newest && where !== this.#again) this.#late = where;
    return outcome;
  }

  /** The engine is ready. @returns whether the request is to be made again: once, and only where nothing has changed since */
  isDue(now: Place | undefined): boolean {
    const late = this.#late;
    this.#late = undefined;
    if (late === undefined || late !== JSON.stringify(now)) return false;
    this.#again = late;
    return true;
  }

  #isEnginesFault({ reason }: NoSuggestion, wasUp: boolean): boolean {
    // One that died with the request may not be known to be gone yet; and where its model is not found yet, it is not there either.
    if (reason === "engineFailed" || reason === "noModel") return true;
    // What came while the engine loaded had the less time, the longer that took.
    return reason === "outOfTime" && !(wasUp && isUp(this.engine()));
  }
}
