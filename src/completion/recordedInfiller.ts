import { EngineError } from "../backends/engineError";
import { fillBranches } from "../backends/fillBranches";
import type { BranchOptions, Infill, Infiller, InfillOptions, InfillRequest } from "../backends/infiller";
import type { RecordingPlace, TraceRecorder } from "../trace/recording";

/** Asks the backend and writes every request into the trace, step by step. */
export class RecordedInfiller {
  constructor(
    private readonly infiller: Infiller,
    private readonly recorder: TraceRecorder,
  ) {}

  /** @throws EngineError */
  async infill(request: InfillRequest, place: RecordingPlace, options: InfillOptions = {}): Promise<Infill> {
    const recording = this.recorder.start({ place, request });
    try {
      const infill = await this.infiller.infill(request, {
        ...options,
        onStep: (step) => {
          recording.onStep(step);
          options.onStep?.(step);
        },
      });
      recording.finish(infill);
      return infill;
    } catch (error) {
      recording.fail(error instanceof EngineError ? error.message : String(error));
      throw error;
    }
  }

  /** Not recorded: a recording is one canvas. @throws EngineError */
  infillBranches(request: InfillRequest, heads: readonly string[], options?: BranchOptions): Promise<readonly Infill[]> {
    return fillBranches(this.infiller, request, heads, options);
  }
}
