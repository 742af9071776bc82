import { sharedLength } from "../diffusion/sharedLength";
import type { KvCache } from "./kvCache";

export interface KvCachesLimits {
  /** Kept at once, the current one counted. At least 1. */
  readonly most: number;
  /** A cache that would have to be read again for so many tokens is kept; less is read again sooner than it is missed. */
  readonly worthTokens: number;
}

/** 640 tokens of context are 19 MB in the 0.5B model, and take most of a second to read. */
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
    const shared = this.#slots.map(({ cache }) => sharedLength(cache.tokens, context));
    const most = Math.max(...shared);
    const source = this.#slots[shared.indexOf(most)]!;
    const target = this.#isWorthless(source, context) ? source : (this.#spare(source, context) ?? source);
    if (target !== source) target.cache.copy(source.cache, most);
    target.lasting = lasting;
    this.#slots.splice(this.#slots.indexOf(target), 1);
    this.#slots.unshift(target);
  }

  /** One that may be written over; undefined where there is only the source. */
  #spare(source: Slot, context: readonly number[]): Slot | undefined {
    const others = this.#slots.filter((slot) => slot !== source);
    const worthless = others.find((slot) => this.#isWorthless(slot, context));
    if (worthless !== undefined || this.#slots.length >= this.limits.most) return worthless ?? others.at(-1);
    const added = { cache: this.create(), lasting: 0 };
    this.#slots.push(added);
    return added;
  }

  /** Whether it holds little that lasts and is not in the context too. */
  #isWorthless({ cache, lasting }: Slot, context: readonly number[]): boolean {
    return Math.min(lasting, cache.length) - sharedLength(cache.tokens, context) < this.limits.worthTokens;
  }
}
