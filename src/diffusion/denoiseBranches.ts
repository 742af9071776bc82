import type { InfillEnd, InfillRequest } from "../backends/infiller";
import { BranchPasses } from "./branchPasses";
import { contextOf, layCanvas } from "./canvas";
import { checkRequest } from "./checkRequest";
import type { ContextBudget } from "./contextBudget";
import type { DenoiseControl, Denoised } from "./denoise";
import type { CanvasTokenizer, Denoiser, SpecialTokens } from "./denoiser";
import { DenoiseMemory } from "./denoiseMemory";
import { Denoising } from "./denoising";
import { Passes } from "./passes";
import { sharedLength } from "./sharedLength";

/**
 * Fills the request's region in several ways at once, each as if one of `heads` stood before the cursor: what their canvases share is read once, and then every
 * pass denoises all branches that have not ended: the weights are read once for all. Each answer is, token by token, the one of a request of its own, as far
 * as the denoiser's rows are; with int8 activations they are up to rounding, so that where two tokens are as good as equally likely either may win.
 * @param heads text right before the cursor, one a branch; at least one
 * @param denoiser its cache may hold anything; afterwards it holds what the canvases share
 * @returns an answer for each head, in order; of a branch that was told to stop, what is certain of it. The `prefillTokens` of each include the shared ones
 * @throws as `denoise`
 */
export async function denoiseBranches(
  denoiser: Denoiser,
  tokenizer: CanvasTokenizer,
  special: SpecialTokens,
  request: InfillRequest,
  heads: readonly string[],
  budget: ContextBudget,
  control: Omit<DenoiseControl, "onStep" | "arrivedMs">,
): Promise<Denoised[]> {
  checkRequest(request);
  const { memory = new DenoiseMemory(), draftSource } = control;
  const startMs = control.now();
  const shouldStop = () => control.shouldStop();
  // What a head holds may never be written: only the place itself is a canvas to be anchored by.
  const place = layCanvas(request, tokenizer, special, budget, memory.canvases);
  memory.keepCanvas(place);
  const requests = heads.map((head) => ({ ...request, prefix: request.prefix + head }));
  const canvases = requests.map((branch) => layCanvas(branch, tokenizer, special, budget, memory.canvases));
  const contexts = canvases.map(contextOf);
  const shared = contexts.reduce((all, context) => all.slice(0, sharedLength(all, context)));
  const sharedPasses = new Passes(denoiser, shared, Math.min(place.lasting, shared.length));
  const sharedStop = await sharedPasses.prefill({ ...budget, leadTokens: 0 }, shouldStop);
  const passes = new BranchPasses(
    denoiser.branchOff(),
    contexts.map((context) => context.slice(shared.length)),
  );
  const parts = { tokenizer, special, memory, draftSource, forSteps: false };
  const denoisings = canvases.map((canvas, branch) => new Denoising(canvas, requests[branch]!, parts));
  const answers = new Map<number, Denoised>();

  let ended: InfillEnd | undefined = sharedStop ?? (await passes.prefill(budget, shouldStop));
  const prefilledMs = control.now();
  while (ended === undefined && answers.size < heads.length) ended = shouldStop() ?? (await pass());
  for (const [branch, { prefixTokens }] of canvases.entries()) memory.remember(prefixTokens, denoisings[branch]!.written);
  return denoisings.map((_, branch) => answers.get(branch) ?? finish(branch, ended!));

  /** Of all branches that have not ended. */
  async function pass(): Promise<undefined> {
    const running = [...denoisings.entries()].filter(([branch]) => !answers.has(branch));
    const logits = await passes.run(running.map(([branch, denoising]) => ({ branch, pass: denoising.propose() })));
    for (const [index, [branch, denoising]] of running.entries()) {
      const { keptClean, over } = denoising.dispose(logits[index]!);
      passes.keep(branch, keptClean);
      if (over !== undefined) answers.set(branch, finish(branch, over));
    }
  }

  function finish(branch: number, why: InfillEnd): Denoised {
    const cost = passes.costOf(branch);
    return {
      ...denoisings[branch]!.finish(why),
      passes: cost.passes,
      prefillTokens: sharedPasses.prefillTokens + cost.prefillTokens,
      cachedTokens: sharedPasses.cachedTokens,
      times: { prefillMs: prefilledMs - startMs, denoiseMs: control.now() - prefilledMs },
    };
  }
}
