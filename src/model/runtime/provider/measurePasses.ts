import type { Denoiser } from "../../../diffusion/denoiser";
import type { MeasuredPasses } from "./judgeProvider";

const CONTEXT = 256;
const SLICE = 64;
const ROWS = 8;
/** The first passes of a shape allocate, and a GPU compiles for it. */
const WARM_UPS = 2;
const REPEATS = 21;

/**
 * Runs the passes by which providers are compared, on the same made-up tokens every time, in turns: what else the machine does then meets all alike.
 * Leaves the caches empty.
 * @param denoisers of the same model
 * @param mask token id of the mask
 * @returns one for each denoiser
 * @throws what a pass throws
 */
export async function measurePasses(denoisers: readonly Denoiser[], vocabularySize: number, mask: number): Promise<MeasuredPasses[]> {
  const tokens = (from: number, count: number): number[] =>
    Array.from({ length: count }, (_, index) => ((from + index + 1) * 48_271) % Math.min(vocabularySize, 0xffff));
  const logits = denoisers.map((): Float32Array[] => []);
  /** @returns the median time of each denoiser */
  const measure = async (cached: number, clean: readonly number[], masks: number): Promise<number[]> => {
    const block = new Array<number>(masks).fill(mask);
    const rows = masks > 0 ? Array.from({ length: clean.length + masks }, (_, row) => row) : [clean.length - 1];
    const timesMs = denoisers.map((): number[] => []);
    for (let pass = 0; pass < WARM_UPS + REPEATS; pass++)
      for (const [index, denoiser] of denoisers.entries()) {
        denoiser.truncate(cached);
        const startedAtMs = performance.now();
        const result = await denoiser.forward(clean, block, rows);
        if (pass >= WARM_UPS) timesMs[index]!.push(performance.now() - startedAtMs);
        // Copies: a runtime may give its memory to the next pass.
        if (pass === 0) logits[index]!.push(...result.map((row) => row.slice()));
      }
    return timesMs.map((times) => times.sort((a, b) => a - b)[REPEATS >> 1]!);
  };
  for (const denoiser of denoisers) {
    denoiser.truncate(0);
    for (let at = 0; at < CONTEXT - SLICE; at += SLICE) await denoiser.forward(tokens(at, SLICE), [], []);
  }
  const sliceMs = await measure(CONTEXT - SLICE, tokens(CONTEXT - SLICE, SLICE), 0);
  const rows1Ms = await measure(CONTEXT, tokens(CONTEXT, 1), 0);
  const rows8Ms = await measure(CONTEXT, tokens(CONTEXT, 1), ROWS - 1);
  for (const denoiser of denoisers) denoiser.truncate(0);
  return denoisers.map((_, i) => ({ rows1Ms: rows1Ms[i]!, rows8Ms: rows8Ms[i]!, sliceMs: sliceMs[i]!, logits: logits[i]! }));
}
