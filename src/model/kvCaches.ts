import { sharedLength } from "../diffusion/sharedLength";
import type { KvCache } from "./kvCache";

export interface KvCachesLimits {
  /** Kept at once, the current one counted. At least 1. */
  readonly most: number;
  /** A cache that would have to be read again for so many tokens is kept; less is read again sooner than it is missed. */
  readonly worthTokens: number;
}

/** The 0.5B model keeps 24 kB a token, 19 MB for a context that is full, and reads that in most of a second. */
const LIMITS: KvCachesLimits = { most: 4, worthTokens: 128 };

/** A cache, and how many of its first tokens are text that may be wanted again: those behind belong to one canvas only. */
interface Slot {
  readonly cache: KvCache;
  lasting: number;
}

/**
 * The KV caches of the places where somebody writes, the current one first: whoever goes to another file, or far up in the same one, and comes back
 * finds what was read there. llama.cpp's slots do the same for the clients of a server.
 */
export class KvCaches {
  /** By when they were current, the newest first. */
  readonly #slots: Slot[];

  constructor(
    private readonly create: () => KvCache,
    private readonly limits = LIMITS,
  ) {
    this.#slots = [{ cache: create(), lasting: 0 }];
  }

  get current(): KvCache {
    return this.#slots[0]!.cache;
  }

  /** Tokens that are kept in all of them. */
  get tokens(): number {
    return this.#slots.reduce((sum, { cache }) => sum + cache.length, 0);
  }

  /**
   * Makes that cache the current one which has most of `context` at its beginning, without forgetting what another place may want of it.
   * @param lasting how many of the first tokens may be wanted by another context
   */
  recall(context: readonly number[], lasting: number): void {
    const seen = this.#slots.map((slot) => ({ slot, shared: sharedLength(slot.cache.tokens, context) }));
    const source = seen.reduce((best, one) => (one.shared > best.shared ? one : best));
    const isWorthless = ({ slot, shared }: (typeof seen)[number]): boolean =>
      Math.min(slot.lasting, slot.cache.length) - shared < this.limits.worthTokens;
    let target = source.slot;
    if (!isWorthless(source)) {
      const others = seen.filter((one) => one !== source);
      // There is none where only one is kept.
      target = others.find(isWorthless)?.slot ?? this.#added() ?? others.at(-1)?.slot ?? target;
    }
    if (target !== source.slot) target.cache.copy(source.slot.cache, source.shared);
    target.lasting = lasting;
    this.#slots.splice(this.#slots.indexOf(target), 1);
    this.#slots.unshift(target);
  }

  /** @returns undefined where as many are kept as may be */
  #added(): Slot | undefined {
    if (this.#slots.length >= this.limits.most) return undefined;
    const slot = { cache: this.create(), lasting: 0 };
    this.#slots.push(slot);
    return slot;
  }
}
