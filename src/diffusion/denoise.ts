import type { DenoisingStep, Infill, InfillEnd, InfillRequest, InfillTimes } from "../backends/infiller";
import { contextOf, layCanvas } from "./canvas";
import { checkRequest } from "./checkRequest";
import type { ContextBudget } from "./contextBudget";
import type { CanvasTokenizer, Denoiser, SpecialTokens } from "./denoiser";
import { DenoiseMemory } from "./denoiseMemory";
import { Denoising } from "./denoising";
import { Passes, type StopReason } from "./passes";
import type { DraftSource } from "./samplers/draftSource";

export interface DenoiseControl {
  /** Asked before every pass and every slice of the prefill; once it says why, no further pass runs. */
  shouldStop(): StopReason | undefined;
  /** Milliseconds of any steady clock. */
  now(): number;
  /** When the request reached the engine, on that clock. Absent: when `denoise` is called. */
  readonly arrivedMs?: number | undefined;
  /** Called after each pass but the prefill's. Absent: steps are not made, nor the alternatives for them. */
  readonly onStep?: ((step: DenoisingStep) => void) | undefined;
  /** What earlier requests left. Absent: nothing. */
  readonly memory?: DenoiseMemory | undefined;
  /** Drafts beside the masks' own. Absent: look-ups in the canvas and the memory. */
  readonly draftSource?: DraftSource | undefined;
}

/** An `Infill` without what only the engine knows. */
export type Denoised = Omit<Infill, "model" | "times"> & { readonly times: Pick<InfillTimes, "prefillMs" | "denoiseMs"> };

/**
 * Fills the request's region: lays the canvas out, brings its context into the cache and denoises it until the region ends.
 * @param denoiser its cache may hold anything; afterwards it holds this canvas, as far as it came
 * @returns the answer; told to stop, what is certain of it
 * @throws EngineError `badRequest`, or `modelDamaged` where a row of logits holds no number; and what the denoiser throws
 */
export async function denoise(
  denoiser: Denoiser,
  tokenizer: CanvasTokenizer,
  special: SpecialTokens,
  request: InfillRequest,
  budget: ContextBudget,
  control: DenoiseControl,
): Promise<Denoised> {
  checkRequest(request);
  const { memory = new DenoiseMemory(), draftSource, onStep } = control;
  const startMs = control.now();
  const canvas = layCanvas(request, tokenizer, special, budget, memory.canvases);
  memory.keepCanvas(canvas);
  const passes = new Passes(denoiser, contextOf(canvas), canvas.lasting);
  const denoising = new Denoising(canvas, request, { tokenizer, special, memory, draftSource, forSteps: onStep !== undefined });

  let ended: InfillEnd | undefined = await passes.prefill(budget, () => control.shouldStop());
  const prefilledMs = control.now();
  while (ended === undefined) ended = control.shouldStop() ?? (await pass());
  memory.remember(canvas.prefixTokens, denoising.written);

  return {
    ...denoising.finish(ended),
    passes: passes.count,
    prefillTokens: passes.prefillTokens,
    cachedTokens: passes.cachedTokens,
    times: { prefillMs: prefilledMs - startMs, denoiseMs: control.now() - prefilledMs },
  };

  async function pass(): Promise<InfillEnd | undefined> {
    const verdict = denoising.dispose(await passes.run(denoising.propose()));
    passes.keep(verdict.keptClean);
    onStep?.({ pass: passes.count, atMs: control.now() - (control.arrivedMs ?? startMs), cells: denoising.cells(verdict) });
    return verdict.over;
  }
}
