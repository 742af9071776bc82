import type { InfillRequest } from "../backends/infiller";
import { contextOf, layCanvas } from "./canvas";
import type { ContextBudget } from "./contextBudget";
import type { CanvasTokenizer, Denoiser, SpecialTokens } from "./denoiser";
import type { DenoiseMemory } from "./denoiseMemory";
import { Passes, type StopReason } from "./passes";

/**
 * Brings a request's context into the cache before anybody asks: where the cursor rests a key is likely to come. In small slices, since a key that comes
 * elsewhere waits for the one that runs.
 * @returns tokens that it computed
 */
export async function readAhead(
  denoiser: Denoiser,
  tokenizer: CanvasTokenizer,
  special: SpecialTokens,
  request: InfillRequest,
  budget: ContextBudget,
  { shouldStop, memory }: { readonly shouldStop: () => StopReason | undefined; readonly memory: DenoiseMemory },
): Promise<number> {
  const canvas = layCanvas(request, tokenizer, special, budget, memory.canvases);
  memory.keepCanvas(canvas);
  const passes = new Passes(denoiser, contextOf(canvas), canvas.lasting);
  await passes.prefill({ ...budget, sliceTokens: budget.readAheadTokens, leadTokens: 0 }, shouldStop);
  return passes.prefillTokens;
}
