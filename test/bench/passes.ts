import { DEFAULT_BUDGET } from "../../src/diffusion/contextBudget";
import type { LoadedModel } from "./loadedModel";
import { medianTime, round } from "./statistics";

export const ROWS = [1, 8, 16, 32] as const;
export const CACHED = [0, 512] as const;
export interface PassFigures {
  /** by `rows8`, then by cached tokens */
  readonly passMs: Record<string, Record<string, number>>;
  readonly prefillMs512: number;
  readonly prefillTokensPerSecond: number;
}

/** Forward passes by rows and by what is cached, one clean token and masks, all rows' logits wanted; and the prefill of 512. Medians. */
export async function measurePasses({ session, prepared }: LoadedModel, repeat: number): Promise<PassFigures> {
  let seed = 1;
  const tokens = (count: number) =>
    Array.from({ length: count }, () => (seed = (seed * 48_271) % 0x7fffffff) % (prepared.vocabularySize - 10));
  const prefill = async (count: number): Promise<void> => {
    session.truncate(0);
    // As the engine reads a context it has not seen.
    const { sliceTokens } = DEFAULT_BUDGET;
    for (let at = 0; at < count; at += sliceTokens) await session.forward(tokens(Math.min(sliceTokens, count - at)), [], []);
  };
  const passMs: Record<string, Record<string, number>> = {};
  for (const rows of ROWS) passMs[`rows${rows}`] = {};
  for (const cached of CACHED) {
    await prefill(cached);
    for (const rows of ROWS) {
      const masks = new Array<number>(rows - 1).fill(prepared.specialTokens.mask);
      const wanted = Array.from({ length: rows }, (_, row) => row);
      const ms = await medianTime(repeat, () => {
        session.truncate(cached);
        return session.forward(tokens(1), masks, wanted);
      });
      passMs[`rows${rows}`]![`cached${cached}`] = round(ms);
    }
  }
  const prefillMs512 = await medianTime(Math.ceil(repeat / 3), () => prefill(512));
  return { passMs, prefillMs512: round(prefillMs512), prefillTokensPerSecond: round(512_000 / prefillMs512) };
}
