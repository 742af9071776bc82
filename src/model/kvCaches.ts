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

/**
 * The KV caches of the places where somebody writes, the current one first: whoever goes to another file, or far up in the same one, and comes back
 * finds what was read there. llama.cpp's slots do the same for the clients of a server.
 */
export class KvCaches {
  /** By when they were current, the newest first. */
  readonly #caches: KvCache[];

  constructor(
    private readonly create: () => KvCache,
    private readonly limits = LIMITS,
  ) {
    this.#caches = [create()];
  }

  get current(): KvCache {
    return this.#caches[0]!;
  }

  /** Tokens that are kept in all of them. */
  get tokens(): number {
    return this.#caches.reduce((sum, cache) => sum + cache.length, 0);
  }

  /** Makes that cache the current one which has most of `context` at its beginning, without forgetting what another place may want of it. */
  recall(context: readonly number[]): void {
    const shared = this.#caches.map((cache) => sharedLength(cache.tokens, context));
    const most = Math.max(...shared);
    const source = this.#caches[shared.indexOf(most)]!;
    if (source.length - most < this.limits.worthTokens) return this.#makeCurrent(source);
    const other = this.#spare(source, context);
    if (other !== undefined) other.copy(source, most);
    this.#makeCurrent(other ?? source);
  }

  /** One that may be written over; undefined where there is only the source. */
  #spare(source: KvCache, context: readonly number[]): KvCache | undefined {
    const others = this.#caches.filter((cache) => cache !== source);
    const isWorthless = (cache: KvCache): boolean => cache.length - sharedLength(cache.tokens, context) < this.limits.worthTokens;
    const worthless = others.find(isWorthless);
    if (worthless !== undefined || this.#caches.length >= this.limits.most) return worthless ?? others.at(-1);
    const added = this.create();
    this.#caches.push(added);
    return added;
  }

  #makeCurrent(cache: KvCache): void {
    this.#caches.splice(this.#caches.indexOf(cache), 1);
    this.#caches.unshift(cache);
  }
}
