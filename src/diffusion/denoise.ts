import type { DenoisingStep, Infill, InfillEnd, InfillRequest, InfillTimes } from "../backends/infiller";
import { Answer } from "./answer";
import { layCanvas } from "./canvas";
import { checkRequest } from "./checkRequest";
import type { ContextBudget } from "./contextBudget";
import type { CanvasTokenizer, Denoiser, SpecialTokens } from "./denoiser";
import { DenoiseMemory } from "./denoiseMemory";
import { drawCells } from "./drawCells";
import { lookUpDrafts } from "./lookUpDrafts";
import { Passes, type StopReason } from "./passes";
import { type Guess, RowReader } from "./rowReader";
import { confidence } from "./samplers/confidence";
import type { DraftSource } from "./samplers/draftSource";
import type { OpenCell, Sampler } from "./samplers/sampler";
import { verified } from "./samplers/verified";
import { TypedHead } from "./typedHead";

/** Masks in a block where the request does not say. The engine fills in what the model's manifest says. */
export const DEFAULT_BLOCK_SIZE = 8;
export const DEFAULT_THRESHOLD = 0.9;

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
 * Fills the request's region: lays the canvas out, brings its context into the cache, heals the typed head and lets the sampler denoise block after block until the
 * region ends. It always ends: each pass makes progress, and the written tokens are bounded.
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
  const startMs = control.now();
  const memory = control.memory ?? new DenoiseMemory();
  const canvas = layCanvas(request, tokenizer, special, budget, memory.canvases);
  memory.keepCanvas(canvas);
  const reader = new RowReader(tokenizer, special, control.onStep !== undefined);
  const head = new TypedHead(canvas, tokenizer);
  const answer = new Answer(canvas, request, tokenizer, special);
  const passes = new Passes(denoiser, canvas);
  /** M so far: the head's tokens and those that are certain. */
  const written = canvas.known.slice(canvas.known.length - canvas.headKnown);
  /** Of the certain tokens that spell the head, the bytes beyond it; taken when the token is pushed. */
  const beyondHead: Uint8Array[] = [];
  let healed = 0;

  let ended: InfillEnd | undefined = await passes.prefill(budget, () => control.shouldStop());
  const prefilledMs = control.now();
  if (request.sampler === "confidence") {
    const healing = oneAtATime();
    while (ended === undefined && head.rest.length > 0) ended = await pass(healing);
  }
  const sampler = chooseSampler();
  while (ended === undefined) ended = await pass(sampler);
  memory.remember(canvas.prefixTokens, written);

  const { text, fits, bytes, ended: why } = answer.finish(ended);
  return {
    text,
    tokens: answer.infillTokens(bytes),
    passes: passes.count,
    prefillTokens: passes.prefillTokens,
    cachedTokens: passes.cachedTokens,
    writtenTokens: Math.max(0, canvas.headKnown + healed + answer.count - canvas.headTokens),
    times: { prefillMs: prefilledMs - startMs, denoiseMs: control.now() - prefilledMs },
    ended: why,
    fits,
  };

  async function pass(sampler: Sampler): Promise<InfillEnd | undefined> {
    const stopped = control.shouldStop();
    if (stopped) return stopped;
    const { certain, keptClean, open } = sampler.dispose(await passes.run(sampler.propose()));
    passes.keep(keptClean);
    const over = pushAll(certain);
    showStep(open, over);
    return over;
  }

  function chooseSampler(): Sampler {
    const { blockSize = DEFAULT_BLOCK_SIZE, threshold = DEFAULT_THRESHOLD } = request;
    switch (request.sampler) {
      case "verified":
        return blockSize === 0 ? oneAtATime() : withDrafts(blockSize);
      case "confidence":
        return confidence({ last: lastKnown(), mask: special.mask, blockSize, threshold, reader });
    }
  }

  function withDrafts(blockSize: number): Sampler {
    const source = control.draftSource ?? lookUpDrafts(memory, canvas.suffixTokens, (token) => tokenizer.bytesOf(token));
    return verified({ ...verifying(), blockSize, source });
  }

  function oneAtATime(): Sampler {
    return verified({ ...verifying(), blockSize: 0 });
  }

  function verifying() {
    const before = [...canvas.prefixTokens, ...written];
    return { last: lastKnown(), before, mask: special.mask, maskAcceptance: memory.ofMasks, reader, rest: () => head.rest, read, ends };
  }

  function lastKnown(): number {
    return written.at(-1) ?? special.middle;
  }

  /** The next certain token: one that spells what was typed, as long as something is left of that. */
  function read(row: Float32Array): Guess {
    if (head.rest.length === 0) return reader.sure(row);
    const guess = reader.among(row, head.candidates());
    beyondHead.push(head.take(guess));
    return guess;
  }

  /** Whether the answer ends with this token, wherever it stands. */
  function ends(token: number): boolean {
    return token === special.end || (request.region === "line" && tokenizer.bytesOf(token).includes(10));
  }

  function pushAll(certain: readonly Guess[]): InfillEnd | undefined {
    for (const guess of certain) {
      written.push(guess.token);
      const beyond = beyondHead.shift();
      if (beyond) healed++;
      const over = beyond ? answer.pushBeyondHead(guess, beyond) : answer.push(guess);
      if (over) return over;
    }
    return undefined;
  }

  function showStep(open: readonly OpenCell[], over: InfillEnd | undefined): void {
    if (!control.onStep) return;
    const cells = drawCells(head, answer, open, over && answer.finish(over), tokenizer);
    control.onStep({ pass: passes.count, atMs: control.now() - (control.arrivedMs ?? startMs), cells });
  }
}
