import type { InfillRequest } from "../../src/backends/infiller";
import type { DraftSource } from "../../src/diffusion/samplers/draftSource";
import type { LoadedModel } from "./loadedModel";
import type { Peer } from "./peer";
import { decodePrompts } from "./prompts";
import { median, round } from "./statistics";

const PROMPTS = 8;
/** So many true tokens the oracle drafts. */
const ORACLE_TOKENS = 8;

export interface DecodeFigures {
  readonly rounds: readonly Record<string, number>[];
  readonly tokensPerPass: number;
  readonly tokensPerSecond: { readonly verified: number; readonly oracle: number; readonly oneAtATime: number; readonly peer?: number };
  readonly prefillTokensPerSecond: { readonly own: number; readonly peer?: number };
  readonly decodeRatio?: number;
  readonly oracleRatio?: number;
  readonly prefillRatio?: number;
}

/** Writes the same places by this engine and, where there is one, by llama.cpp, in turn; each round all places. Every answer begins on an empty cache and without memory. */
export async function measureDecode(model: LoadedModel, rounds: number, peer?: Peer): Promise<DecodeFigures> {
  const prompts = decodePrompts(PROMPTS);
  const draftSize = model.prepared.draftSize;
  const all: Record<string, number>[] = [];
  let tokensPerPass = 0;
  for (let i = 0; i < rounds; i++) {
    const sums = {
      verified: new Sums(),
      oracle: new Sums(),
      oneAtATime: new Sums(),
      prefill: new Sums(),
      peer: new Sums(),
      peerPrefill: new Sums(),
    };
    let passes = 0;
    for (const prompt of prompts) {
      const answer = await model.infill({ ...prompt, blockSize: draftSize });
      passes += answer.passes;
      sums.verified.add(answer.writtenTokens, answer.times.denoiseMs);
      sums.prefill.add(answer.prefillTokens, answer.times.prefillMs);
      const plain = await model.infill({ ...prompt, blockSize: 0 });
      sums.oneAtATime.add(plain.writtenTokens, plain.times.denoiseMs);
      const oracle = await model.infill({ ...prompt, blockSize: draftSize }, { draftSource: oracleFor(model, prompt, plain.text) });
      sums.oracle.add(oracle.writtenTokens, oracle.times.denoiseMs);
      if (!peer) continue;
      const theirs = await peer.fill(prompt);
      sums.peer.add(theirs.tokens, theirs.decodeMs);
      sums.peerPrefill.add(theirs.promptTokens, theirs.prefillMs);
    }
    tokensPerPass = sums.verified.count / passes;
    all.push(Object.fromEntries(Object.entries(sums).map(([name, sum]) => [name, sum.perSecond])));
  }
  const middle = (name: string) => round(median(all.map((one) => one[name]!)));
  const ratio = (name: string, to: string) => round(median(all.map((one) => one[name]! / one[to]!)), 2);
  return {
    rounds: all,
    tokensPerPass: round(tokensPerPass, 2),
    tokensPerSecond: {
      verified: middle("verified"),
      oracle: middle("oracle"),
      oneAtATime: middle("oneAtATime"),
      ...(peer && { peer: middle("peer") }),
    },
    prefillTokensPerSecond: { own: middle("prefill"), ...(peer && { peer: middle("peerPrefill") }) },
    ...(peer && {
      decodeRatio: ratio("verified", "peer"),
      oracleRatio: ratio("oracle", "peer"),
      prefillRatio: ratio("prefill", "peerPrefill"),
    }),
  };
}

class Sums {
  count = 0;
  private ms = 0;

  add(count: number, ms: number): void {
    this.count += count;
    this.ms += ms;
  }

  get perSecond(): number {
    return this.ms === 0 ? 0 : round((this.count / this.ms) * 1_000);
  }
}

/** Drafts what the model itself wrote there one at a time: the best that any drafts can do. */
function oracleFor({ tokenizer }: LoadedModel, { prefix, suffix }: InfillRequest, answer: string): DraftSource {
  const lines = prefix.slice(prefix.lastIndexOf("\n") + 1) + answer + suffix;
  const tokens = tokenizer.encode(lines);
  return {
    propose: ({ tokens: known }) => {
      // where the known tokens end in the truth: the longest end of them that it begins with
      for (let length = Math.min(known.length, tokens.length); length >= 0; length--) {
        if (!tokens.slice(0, length).every((token, i) => token === known[known.length - length + i])) continue;
        const next = tokens.slice(length, length + ORACLE_TOKENS);
        return next.length === 0 ? undefined : { tokens: next, acceptance: 0.99 };
      }
      return undefined;
    },
    judge: () => undefined,
  };
}
