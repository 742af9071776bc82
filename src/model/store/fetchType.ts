/** The part of `fetch` that the store uses: the editor passes its own, which knows its proxy settings; the terminal undici's (`proxyFetch.ts`). */
export type Fetch = (
  url: string,
  init: {
    readonly method: "GET" | "HEAD";
    readonly headers: Record<string, string>;
    readonly redirect: "follow" | "manual";
    readonly signal: AbortSignal;
  },
) => Promise<FetchAnswer>;

export interface FetchAnswer {
  /** 0 for a redirect that was not followed, where `fetch` hides it */
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: FetchBody | null;
}

export interface FetchBody extends AsyncIterable<Uint8Array> {
  cancel(): Promise<void>;
}
