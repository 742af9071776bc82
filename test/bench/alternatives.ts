import type { DenoisingStep, InfillRequest } from "../../src/backends/infiller";
import { forks } from "../../src/completion/forks";
import { DEFAULT_BUDGET } from "../../src/diffusion/contextBudget";
import type { Denoised } from "../../src/diffusion/denoise";
import { denoiseBranches } from "../../src/diffusion/denoiseBranches";
import { DenoiseMemory } from "../../src/diffusion/denoiseMemory";
import type { LoadedModel } from "./loadedModel";
import { decodePrompts } from "./prompts";
import { median, round } from "./statistics";

/** So many tokens the rest of a line may have, as the completer asks for it. */
const LINE_TOKENS = 48;

export interface AlternativesFigures {
  /** places with forks, and forks of all */
  readonly places: number;
  readonly forks: number;
  /** from the question to the last alternative, medians over places */
  readonly requestEachMs: number;
  readonly rowsOfOnePassMs: number;
  /** median over places, of one against the other */
  readonly ratio: number;
  readonly requestEachPasses: number;
  readonly rowsOfOnePassPasses: number;
  /** share of the alternatives that are the same both ways: two tokens may be as good as equally likely */
  readonly same: number;
}

interface Way {
  readonly ms: number;
  readonly passes: number;
  readonly answers: readonly string[];
}

/** The alternatives to lines that are known, by a request each and as rows of the same passes, in turn. Each begins with what the line's own request left. */
export async function measureAlternatives(model: LoadedModel, count: number): Promise<AlternativesFigures> {
  const pairs: { each: Way; rows: Way }[] = [];
  for (const [index, prompt] of decodePrompts(count).entries()) {
    const request: InfillRequest = { ...prompt, region: "line", maxTokens: LINE_TOKENS, blockSize: model.prepared.draftSize };
    const heads = await headsAt(model, request);
    if (heads.length === 0) continue;
    const each = () => askedEach(model, request, heads);
    const rows = () => askedAtOnce(model, request, heads);
    // In turn, so that neither always finds the machine as the other left it.
    pairs.push(index % 2 === 0 ? { each: await each(), rows: await rows() } : { rows: await rows(), each: await each() });
  }
  const middle = (of: (pair: (typeof pairs)[number]) => number, digits = 1) => round(median(pairs.map(of)), digits);
  const answers = pairs.flatMap(({ each, rows }) => each.answers.map((answer, head) => answer === rows.answers[head]));
  return {
    places: pairs.length,
    forks: answers.length,
    requestEachMs: middle(({ each }) => each.ms),
    rowsOfOnePassMs: middle(({ rows }) => rows.ms),
    ratio: middle(({ each, rows }) => each.ms / rows.ms, 2),
    requestEachPasses: middle(({ each }) => each.passes),
    rowsOfOnePassPasses: middle(({ rows }) => rows.passes),
    same: round(answers.filter(Boolean).length / answers.length, 2),
  };
}

/** What stands before the cursor in the other ways to go on, as the completer finds them; those that end the line are never asked for. */
async function headsAt(model: LoadedModel, request: InfillRequest): Promise<string[]> {
  let last: DenoisingStep | undefined;
  const { text } = await model.infill(request, { onStep: (step) => (last = step) });
  return last === undefined
    ? []
    : forks(last, text).flatMap((fork) => (fork.text.includes("\n") ? [] : [text.slice(0, fork.at) + fork.text]));
}

/** The memory and the cache as the line's own request leaves them. */
async function afterTheLine(model: LoadedModel, request: InfillRequest): Promise<DenoiseMemory> {
  const memory = new DenoiseMemory();
  await model.infill(request, { memory });
  return memory;
}

async function askedEach(model: LoadedModel, request: InfillRequest, heads: readonly string[]): Promise<Way> {
  const memory = await afterTheLine(model, request);
  return timedWay(async () => {
    const answers: Denoised[] = [];
    for (const head of heads) answers.push(await model.goOn({ ...request, prefix: request.prefix + head }, { memory }));
    return { answers, passes: answers.reduce((sum, { passes }) => sum + passes, 0) };
  });
}

async function askedAtOnce(model: LoadedModel, request: InfillRequest, heads: readonly string[]): Promise<Way> {
  const memory = await afterTheLine(model, request);
  const { session, tokenizer, prepared } = model;
  return timedWay(async () => {
    const control = { shouldStop: () => undefined, now: () => performance.now(), memory };
    const answers = await denoiseBranches(session, tokenizer, prepared.specialTokens, request, heads, DEFAULT_BUDGET, control);
    return { answers, passes: Math.max(...answers.map(({ passes }) => passes)) };
  });
}

async function timedWay(work: () => Promise<{ readonly answers: readonly Denoised[]; readonly passes: number }>): Promise<Way> {
  const startMs = performance.now();
  const { answers, passes } = await work();
  return { ms: performance.now() - startMs, passes, answers: answers.map(({ text }) => text) };
}
