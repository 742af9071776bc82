import { BETWEEN, type DenoiseMemory } from "./denoiseMemory";
import type { Draft, DraftPlace, DraftSource } from "./samplers/draftSource";

/** Longest match that is looked for, and longest continuation that is offered, in tokens. */
const LONGEST_MATCH = 8;
const LONGEST_DRAFT = 12;

interface Found extends Draft {
  readonly match: number;
}

/**
 * Drafts what followed the last tokens elsewhere: in this file, after the region, in earlier answers (prompt look-up, as in github.com/apoorvumang/prompt-lookup-decoding).
 * Of several places the one counts where most tokens before are the same, and of those the last. While the head is being healed, the text there has to spell what was typed.
 * @param suffix S
 * @param bytesOf of a token; empty for special ones, which are never drafted
 */
export function lookUpDrafts(memory: DenoiseMemory, suffix: readonly number[], bytesOf: (token: number) => Uint8Array): DraftSource {
  const elsewhere = [...memory.tokens, BETWEEN, ...suffix, BETWEEN];

  function propose({ tokens, rest }: DraftPlace): Draft | undefined {
    const all = (at: number) => (at < elsewhere.length ? elsewhere[at]! : tokens[at - elsewhere.length]!);
    const end = elsewhere.length + tokens.length;
    let best = -1;
    let bestMatch = rest.length > 0 ? -1 : 0; // typed bytes are a match of their own
    for (let at = end - 1; at > 0; at--) {
      let match = 0;
      while (match < LONGEST_MATCH && match < at && match < tokens.length && all(at - 1 - match) === tokens[tokens.length - 1 - match])
        match++;
      if (match > bestMatch && isWritten(all(at)) && spells(all, at, end, rest)) [best, bestMatch] = [at, match];
      if (bestMatch === LONGEST_MATCH) break;
    }
    if (best < 0) return undefined;
    const draft: number[] = [];
    for (let at = best; at < end && draft.length < LONGEST_DRAFT && isWritten(all(at)); at++) draft.push(all(at));
    const found: Found = { tokens: draft, acceptance: memory.ofMatch(bestMatch).rate, match: bestMatch };
    return found;
  }

  const isWritten = (token: number) => token !== BETWEEN && bytesOf(token).length > 0;

  /** Whether the text at `at` begins with the typed bytes. */
  function spells(all: (at: number) => number, at: number, end: number, rest: Uint8Array): boolean {
    for (let spelt = 0; spelt < rest.length; at++) {
      if (at >= end || !isWritten(all(at))) return false;
      for (const byte of bytesOf(all(at))) {
        if (spelt < rest.length && byte !== rest[spelt]) return false;
        spelt++;
      }
    }
    return true;
  }

  return {
    propose,
    judge: (draft, offered, right) => memory.ofMatch((draft as Found).match).note(offered, right),
  };
}
