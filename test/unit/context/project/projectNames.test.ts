import assert from "node:assert/strict";
import fc from "fast-check";
import { ProjectNames } from "../../../../src/context/project/projectNames";

const NAMES = fc.constantFrom("open", "close", "Reader", "Writer", "parse");
const FILES = fc.constantFrom("a", "b", "c", "d", "e");
const STEPS = fc.array(fc.record({ file: FILES, names: fc.option(fc.uniqueArray(NAMES), { nil: undefined }) }), { maxLength: 40 });

describe("the names of a project", () => {
  it("lead to the one file that was said to define them last", () => {
    fc.assert(
      fc.property(STEPS, (steps) => {
        const names = new ProjectNames();
        const truth = new Map<string, readonly string[]>();
        for (const { file, names: defined } of steps) {
          const before = truth.get(file);
          if (defined === undefined) {
            assert.equal(names.delete(file), before !== undefined);
            truth.delete(file);
          } else {
            const isSame = before?.length === defined.length && before.every((name) => (defined as readonly string[]).includes(name));
            assert.equal(names.put(file, defined), !isSame);
            truth.set(file, defined);
          }
        }
        assert.equal(names.size, truth.size);
        for (const name of ["open", "close", "Reader", "Writer", "parse", "constructor"]) {
          const files = [...truth].filter(([, defined]) => defined.includes(name)).map(([file]) => file);
          assert.equal(names.fileDefining(name), files.length === 1 ? files[0] : undefined);
        }
        for (const file of ["a", "b", "c", "d", "e"]) assert.equal(names.has(file), truth.has(file));
      }),
      { numRuns: 2_000 },
    );
  });

  it("of a file that names one twice count once", () => {
    const names = new ProjectNames();
    names.put("a", ["open", "open"]);
    names.delete("a");
    assert.equal(names.fileDefining("open"), undefined);
    assert.equal(names.size, 0);
  });
});
