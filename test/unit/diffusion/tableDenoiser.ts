import type { Branches, BranchRows, Denoiser } from "../../../src/diffusion/denoiser";
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
  /** Passes of several branches. */
  readonly sharedPasses: (readonly BranchRows[])[] = [];
  /** Grows where branches end. */
  private epoch = 0;
  private lent: Float32Array[] = [];

  constructor(private readonly table: Table) {}

  async forward(clean: readonly number[], block: readonly number[], rows: readonly number[]): Promise<readonly Float32Array[]> {
    await Promise.resolve();
    this.epoch++;
    this.takeBack();
    const logits = this.look([], { clean, block, rows });
    this.calls.push({ past: this.cached.length, clean: [...clean], block: [...block], rows: [...rows] });
    this.cached.push(...clean);
    return logits;
  }

  /** One cache is all it has. */
  recall(): void {
    this.epoch++;
  }

  truncate(length: number): void {
    this.epoch++;
    if (length < this.cached.length) this.cached.length = length;
  }

  branchOff(): Branches {
    const epoch = ++this.epoch;
    const kept = new Map<number, number[]>();
    const stillThere = () => {
      if (epoch !== this.epoch) throw new Error("the cache has changed: its branches are gone");
    };
    return {
      forward: async (passes) => {
        await Promise.resolve();
        stillThere();
        const branches = passes.map(({ branch }) => branch);
        if (passes.length === 0 || new Set(branches).size < branches.length) throw new Error(`a pass of branches ${branches.join()}`);
        this.takeBack();
        this.sharedPasses.push(
          passes.map(({ clean, block, rows, branch }) => ({ branch, clean: [...clean], block: [...block], rows: [...rows] })),
        );
        return passes.map((pass) => {
          const own = kept.get(pass.branch) ?? [];
          const logits = this.look(own, pass);
          kept.set(pass.branch, [...own, ...pass.clean]);
          return logits;
        });
      },
      truncate: (branch, length) => {
        stillThere();
        kept.set(branch, (kept.get(branch) ?? []).slice(0, length));
      },
    };
  }

  private takeBack(): void {
    for (const row of this.lent) row.fill(NaN);
    this.lent = [];
  }

  /** @param own tokens that a branch has kept */
  private look(own: readonly number[], { clean, block, rows }: Omit<BranchRows, "branch">): readonly Float32Array[] {
    if (clean.length + block.length === 0) throw new Error("a pass of no rows");
    if (rows.some((row, i) => !Number.isInteger(row) || row < 0 || row >= clean.length + block.length || (i > 0 && row <= rows[i - 1]!))) {
      throw new Error(`rows ${rows.join()} of ${clean.length} + ${block.length}`);
    }
    const before = [...this.cached, ...own];
    const logits = rows.map((row) =>
      row < clean.length
        ? this.table.next([...before, ...clean.slice(0, row + 1)])
        : this.table.draft([...before, ...clean], block, row - clean.length),
    );
    this.lent.push(...logits);
    return logits;
  }
}
