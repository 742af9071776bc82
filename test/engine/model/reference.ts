import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { FIXTURES } from "./tinyModels";

/** What make_reference.py wrote: logits of an independent implementation, in float32. */
export interface Reference {
  readonly runs: readonly string[];
  readonly sequences: readonly (readonly number[])[];
  readonly positions: readonly (readonly number[])[];
  /** base ids of the logits that were kept; undefined: all */
  readonly ids?: readonly number[];
  readonly vocabulary?: number;
}

/** Visits each reference row of a run: sequence, position, expected logits. */
export async function readReference(name: string): Promise<{
  reference: Reference;
  rows(run: string): Generator<{ sequence: readonly number[]; positions: readonly number[]; expected: Float32Array[] }>;
}> {
  const reference = JSON.parse(await readFile(join(FIXTURES, `${name}.reference.json`), "utf8")) as Reference;
  const bytes = await readFile(join(FIXTURES, `${name}.reference.f32`));
  const numbers = new Float32Array(new Uint8Array(bytes).buffer);
  const width = reference.ids?.length ?? reference.vocabulary!;
  const rowsPerRun = reference.positions.reduce((sum, positions) => sum + positions.length, 0);
  if (numbers.length !== reference.runs.length * rowsPerRun * width) throw new Error(`${name}.reference.f32 has ${numbers.length} numbers`);
  return {
    reference,
    *rows(run) {
      let at = reference.runs.indexOf(run) * rowsPerRun * width;
      if (at < 0) throw new Error(`no run ${run}`);
      for (const [index, sequence] of reference.sequences.entries()) {
        const positions = reference.positions[index]!;
        const expected = positions.map(() => numbers.subarray(at, (at += width)));
        yield { sequence, positions, expected };
      }
    },
  };
}

/** Largest |actual - expected| over the largest |expected|. */
export function relativeError(actual: readonly ArrayLike<number>[], expected: readonly ArrayLike<number>[]): number {
  let worst = 0;
  let largest = 0;
  expected.forEach((row, r) => {
    for (let i = 0; i < row.length; i++) {
      const difference = Math.abs(actual[r]![i]! - row[i]!);
      worst = Number.isNaN(difference) ? Infinity : Math.max(worst, difference);
      largest = Math.max(largest, Math.abs(row[i]!));
    }
  });
  return worst / largest;
}
