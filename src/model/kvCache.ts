/**
 * Keys and values of the cached tokens, for each layer sequence-major [capacity,G,D], so that appending is a copy and forgetting is a number.
 * Grows in steps; what is cached stays.
 */
export class KvCache {
  readonly tokens: number[] = [];
  private capacity = 0;
  private readonly buffers: Float32Array[];

  /**
   * @param layers each has two buffers, key then value
   * @param rowSize G * D numbers
   * @param step positions by which it grows
   */
  constructor(
    layers: number,
    readonly rowSize: number,
    private readonly step = 256,
  ) {
    this.buffers = Array.from({ length: 2 * layers }, () => new Float32Array(0));
  }

  get length(): number {
    return this.tokens.length;
  }

  /** The cached rows of a buffer, [length,G,D], without a copy. @param index 2 * layer + (0 for keys, 1 for values) */
  view(index: number): Float32Array {
    return this.buffers[index]!.subarray(0, this.length * this.rowSize);
  }

  /**
   * Appends the first `added.length` rows of each layer's new keys and values.
   * @param rows for each buffer [≥ added.length, G, D]
   */
  append(added: readonly number[], rows: readonly Float32Array[]): void {
    const at = this.length * this.rowSize;
    this.reserve(this.length + added.length);
    this.buffers.forEach((buffer, index) => buffer.set(rows[index]!.subarray(0, added.length * this.rowSize), at));
    this.tokens.push(...added);
  }

  /** Forgets all from position `length` on. */
  truncate(length: number): void {
    if (length < this.tokens.length) this.tokens.length = Math.max(0, length);
  }

  /** Becomes the first `length` positions of another cache of the same shape. */
  copy(other: KvCache, length: number): void {
    this.truncate(0);
    this.append(
      other.tokens.slice(0, length),
      other.buffers.map((_, index) => other.view(index)),
    );
  }

  private reserve(positions: number): void {
    if (positions <= this.capacity) return;
    this.capacity = Math.ceil(positions / this.step) * this.step;
    this.buffers.forEach((old, index) => {
      const grown = new Float32Array(this.capacity * this.rowSize);
      grown.set(old.subarray(0, this.length * this.rowSize));
      this.buffers[index] = grown;
    });
  }
}
