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

  /**
   * The cached rows of a buffer and `behind` rows that lie behind them, [length+behind,G,D], without a copy.
   * @param index 2 * layer + (0 for keys, 1 for values)
   */
  view(index: number, behind = 0): Float32Array {
    return this.buffers[index]!.subarray(0, (this.length + behind) * this.rowSize);
  }

  /**
   * Appends the first `added.length` rows of each layer's new keys and values.
   * @param rows for each buffer [≥ added.length, G, D]
   */
  append(added: readonly number[], rows: readonly Float32Array[]): void {
    this.writeBehind(0, 0, added.length, rows);
    this.tokens.push(...added);
  }

  /**
   * Writes `count` rows, from `from` on, behind the cached ones and `behind` more. They belong to nobody's context: whatever is appended takes their place.
   * @param rows for each buffer [≥ from + count, G, D]
   */
  writeBehind(behind: number, from: number, count: number, rows: readonly Float32Array[]): void {
    const { length, rowSize } = this;
    this.reserve(length + behind + count, behind);
    this.buffers.forEach((buffer, index) => {
      buffer.set(rows[index]!.subarray(from * rowSize, (from + count) * rowSize), (length + behind) * rowSize);
    });
  }

  /** Moves `count` rows among those behind the cached ones. @param from @param to both counted from the first of these; the places may overlap */
  moveBehind(from: number, to: number, count: number): void {
    const { length, rowSize } = this;
    for (const buffer of this.buffers) {
      buffer.copyWithin((length + to) * rowSize, (length + from) * rowSize, (length + from + count) * rowSize);
    }
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

  /** @param behind so many rows behind the cached ones stay too */
  private reserve(positions: number, behind: number): void {
    if (positions <= this.capacity) return;
    this.capacity = Math.ceil(positions / this.step) * this.step;
    this.buffers.forEach((old, index) => {
      const grown = new Float32Array(this.capacity * this.rowSize);
      grown.set(old.subarray(0, (this.length + behind) * this.rowSize));
      this.buffers[index] = grown;
    });
  }
}
