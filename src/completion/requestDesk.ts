import { EngineError } from "../backends/engineError";
import type { DenoisingStep, Infill, InfillRequest } from "../backends/infiller";
import { certainHead } from "./certainHead";
import type { RecordingPlace } from "../trace/recording";

export interface DeskRequest {
  /** the document and all settings that the answer depends on; only requests with the same key can share an answer */
  readonly key: string;
  /** `prefix` and `suffix` of it are the place */
  readonly infill: InfillRequest;
  readonly deadlineMs: number;
  /** what it is asked for: the recording shows it */
  readonly place: RecordingPlace;
}

export interface Flight {
  readonly request: DeskRequest;
  readonly result: Promise<Infill>;
}

/** A flight that somebody joined with more typed than it was asked for. */
export interface JoinedFlight {
  /** "parted" as soon as what is certain of the answer says something else than what was typed */
  readonly result: Promise<Infill | "parted">;
}

export type AskBackend = (request: DeskRequest, signal: AbortSignal, onStep: (step: DenoisingStep) => void) => Promise<Infill>;

/** The request once behind each of the heads, which stand right before its cursor. Gives an infill a head, in order. */
export type AskBranches = (request: DeskRequest, heads: readonly string[], signal: AbortSignal) => Promise<readonly Infill[]>;

export type OnResult = (infill: Infill, lastStep: DenoisingStep | undefined) => void;

interface Running extends Flight {
  /** the region's head that is certain, as far as the last step lets it be read; undefined: not known */
  certain: string | undefined;
  /** told when `certain` has grown; they go with the flight */
  readonly onCertain: (() => void)[];
  lastStep: DenoisingStep | undefined;
}

/**
 * Holds the one request that runs. It owns its controller: a keystroke that cancels the provider's token only stops waiting. The request goes on as
 * long as what was typed agrees with its canvas, and is aborted when a request comes that does not. One with branches ends with the token too, since
 * nobody who types can join it.
 */
export class RequestDesk {
  /** Of what runs. */
  private controller: AbortController | undefined;
  /** What runs, unless it has branches: only then it may be joined. */
  private running: Running | undefined;

  constructor(
    private readonly ask: AskBackend,
    private readonly askBranches: AskBranches,
  ) {}

  get isIdle(): boolean {
    return this.controller === undefined;
  }

  /** The running request, if its answer may still say what belongs at this place. */
  joinable(request: DeskRequest): JoinedFlight | undefined {
    const flight = this.running;
    if (flight === undefined || flight.request.key !== request.key) return undefined;
    const theirs = flight.request.infill;
    const ours = request.infill;
    if (theirs.suffix !== ours.suffix || !ours.prefix.startsWith(theirs.prefix)) return undefined;
    const typed = ours.prefix.slice(theirs.prefix.length);
    if (typed === "" ? theirs.region !== ours.region : theirs.region === "line" && typed.includes("\n")) return undefined;
    if (!agrees(flight.certain, typed)) return undefined;
    const parted = new Promise<"parted">((resolve) => {
      flight.onCertain.push(() => {
        if (!agrees(flight.certain, typed)) resolve("parted");
      });
    });
    return { result: Promise.race([flight.result, parted]) };
  }

  /**
   * Starts a request; one that runs is aborted.
   * @param onResult called when the answer comes, with the last step seen of it, before anyone who waits for it goes on
   */
  start(request: DeskRequest, onResult: OnResult): Flight {
    this.abort();
    const controller = (this.controller = new AbortController());
    const running: { -readonly [K in keyof Running]?: Running[K] } = { request, certain: undefined, onCertain: [], lastStep: undefined };
    const flight = running as Running;
    running.result = this.run(flight, controller, onResult);
    this.running = flight;
    // Whoever waits hears of a failure; a request that nobody waits for any more must not end as an unhandled rejection.
    flight.result.catch((error: unknown) => {
      if (!(error instanceof EngineError)) throw error;
    });
    return flight;
  }

  /**
   * Starts a request with branches; one that runs is aborted.
   * @param signal ends this one too
   * @throws EngineError
   */
  async startBranches(request: DeskRequest, heads: readonly string[], signal: AbortSignal): Promise<readonly Infill[]> {
    this.abort();
    const controller = (this.controller = new AbortController());
    try {
      return await this.askBranches(request, heads, AbortSignal.any([controller.signal, signal]));
    } finally {
      this.ended(controller);
    }
  }

  abort(): void {
    this.controller?.abort();
    this.controller = undefined;
    this.running = undefined;
  }

  private ended(controller: AbortController): void {
    if (this.controller !== controller) return;
    this.controller = undefined;
    this.running = undefined;
  }

  private async run(flight: Running, controller: AbortController, onResult: OnResult): Promise<Infill> {
    try {
      const infill = await this.ask(flight.request, controller.signal, (step) => {
        flight.certain = certainHead(step);
        for (const told of flight.onCertain) told();
        flight.lastStep = step;
      });
      onResult(infill, flight.lastStep);
      return infill;
    } finally {
      this.ended(controller);
    }
  }
}

function agrees(certain: string | undefined, typed: string): boolean {
  return certain === undefined || certain.startsWith(typed) || typed.startsWith(certain);
}
