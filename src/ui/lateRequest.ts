import type { Infill } from "../backends/infiller";
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

  /** Makes a request. @returns what `ask` gives; rejects as it does */
  async watch(place: Place | undefined, ask: () => Promise<Infill>): Promise<Infill> {
    const number = ++this.#newest;
    this.#late = undefined;
    let isEmpty = true;
    try {
      const infill = await ask();
      // An aborted one was given up by the user's next keystroke.
      isEmpty = infill.ended === "deadline" && infill.text === "";
      return infill;
    } finally {
      const isThere = this.engine() === "ready" || this.engine() === "thinking";
      if (isEmpty && !isThere && number === this.#newest) this.#late = place;
    }
  }

  /** The engine is ready. @returns whether the request is to be made again: once, and only where nothing has changed since */
  isDue(now: Place | undefined): boolean {
    const late = this.#late;
    this.#late = undefined;
    return late !== undefined && JSON.stringify(late) === JSON.stringify(now);
  }
}
