import assert from "node:assert/strict";
import fc from "fast-check";
import { RecentWork, type WorkKind } from "../../../src/context/recentWork";

const MINUTE = 60_000;

function names(work: RecentWork, path: string, nowMs: number): string[] {
  return work.namesIn(path, nowMs).map(({ name, kind }) => `${kind} ${name}`);
}

describe("recent work", () => {
  it("is known for some minutes, the last first, each definition once", () => {
    const work = new RecentWork();
    work.note("a", "one", "edited", 0);
    work.note("a", "two", "copied", 1_000);
    work.note("b", "three", "edited", 2_000);
    work.note("a", "one", "edited", 3_000);
    assert.deepEqual(names(work, "a", 4_000), ["edited one", "copied two"]);
    assert.deepEqual(names(work, "a", 3_000 + 5 * MINUTE), ["edited one", "copied two"]);
    assert.deepEqual(names(work, "a", 3_001 + 5 * MINUTE), ["copied two"]);
    assert.deepEqual(names(work, "a", 1_001 + 10 * MINUTE), []);
    assert.deepEqual(names(work, "c", 4_000), []);
    work.note("a", "two", "edited", 4_000);
    assert.deepEqual(names(work, "a", 4_000), ["edited two", "edited one"]);
    work.clear();
    assert.deepEqual(names(work, "a", 4_000), []);
  });

  it("is bounded, copies more than edits; the newest stay, the newest first", () => {
    const step = fc.record({
      path: fc.constantFrom("a", "b"),
      name: fc.nat(40).map((number) => `name${number}`),
      kind: fc.constantFrom<WorkKind>("edited", "copied"),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 80 }), (steps) => {
        const work = new RecentWork();
        for (const [atMs, { path, name, kind }] of steps.entries()) work.note(path, name, kind, atMs);
        const all = ["a", "b"].map((path) => work.namesIn(path, 100));
        const count = (kind: WorkKind): number => all.flat().filter((each) => each.kind === kind).length;
        assert.ok(count("edited") <= 16 && count("copied") <= 3);
        for (const file of all) assert.deepEqual(file, [...file].sort((one, other) => other.atMs - one.atMs)); // prettier-ignore
        const last = steps.at(-1)!;
        const [newest] = work.namesIn(last.path, 100);
        assert.deepEqual([newest!.name, newest!.kind, newest!.atMs], [last.name, last.kind, steps.length - 1]);
      }),
    );
  });
});
