import type { Denoiser } from "../../../src/diffusion/denoiser";
import type { Table } from "./table";

export interface Call {
  readonly past: number;
  readonly clean: readonly number[];
  readonly block: readonly number[];
  readonly rows: readonly number[];
}

/** A Denoiser over a table. It checks what the contract asks of its caller, and its rows die with the next call, as the engine's do. */
export class TableDenoiser implements Denoiser {
  readonly cached: number[] = [];
  readonly calls: Call[] = [];
  private lent: Float32Array[] = [];

  constructor(private readonly table: Table) {}

  async forward(clean: readonly number[], block: readonly number[], rows: readonly number[]): Promise<readonly Float32Array[]> {
    await Promise.resolve();
    if (clean.length + block.length === 0) throw new Error("a pass of no rows");
    if (rows.some((row, i) => !Number.isInteger(row) || row < 0 || row >= clean.length + block.length || (i > 0 && row <= rows[i - 1]!))) {
      throw new Error(`rows ${rows.join()} of ${clean.length} + ${block.length}`);
    }
    for (const row of this.lent) row.fill(NaN);
    this.calls.push({ past: this.cached.length, clean: [...clean], block: [...block], rows: [...rows] });
    const before = [...this.cached];
    this.cached.push(...clean);
    this.lent = rows.map((row) =>
      row < clean.length
        ? this.table.next([...before, ...clean.slice(0, row + 1)])
        : this.table.draft(this.cached, block, row - clean.length),
    );
    return this.lent;
  }

  /** One cache is all it has. */
  recall(): void {}

  truncate(length: number): void {
    if (length < this.cached.length) this.cached.length = length;
  }
}
