/**
 * Finds tokens by how their bytes begin. Bytes are compared as Latin-1 strings, whose order is that of the bytes.
 */
export class TokenIndex {
  /** the tokens' bytes, ascending, and their ids in the same order */
  private readonly keys: readonly string[];
  private readonly ids: Int32Array;
  private readonly idOf: ReadonlyMap<string, number>;
  private readonly longestBytes: number;

  /** @param bytes of each token, by id; tokens without bytes are left out. No two have the same. */
  constructor(bytes: readonly Uint8Array[]) {
    const entries = bytes.map((token, id) => [latin1(token), id] as const).filter(([key]) => key !== "");
    this.idOf = new Map(entries);
    entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    this.keys = entries.map(([key]) => key);
    this.ids = Int32Array.from(entries, ([, id]) => id);
    this.longestBytes = Math.max(0, ...new Set(this.keys.map((key) => key.length)));
  }

  /**
   * Ids of the tokens that start with `bytes`, and of those with which `bytes` starts; ascending.
   * @param bytes at least one
   */
  along(bytes: Uint8Array): readonly number[] {
    const key = latin1(bytes);
    const found: number[] = [];
    for (let length = 1; length < Math.min(key.length, this.longestBytes + 1); length++) {
      const id = this.idOf.get(key.slice(0, length));
      if (id !== undefined) found.push(id);
    }
    const first = this.firstFrom(key);
    let end = first;
    while (end < this.keys.length && this.keys[end]!.startsWith(key)) end++;
    return [...Int32Array.from([...found, ...this.ids.subarray(first, end)]).sort()];
  }

  /** Index of the first key that is not before `key`. */
  private firstFrom(key: string): number {
    let low = 0;
    let high = this.keys.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.keys[middle]! < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}
