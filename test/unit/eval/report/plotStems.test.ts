import assert from "node:assert/strict";
import fc from "fast-check";
import { plotStems } from "../../../eval/report/plotStems";
import { SET } from "./sampleSet";

describe("the names of the sets' plots", () => {
  it("are the data's where a set stands alone, whatever its settings", () => {
    const other = { ...SET, data: "others.jsonl", withPath: true, prefixChars: 300 };
    assert.deepEqual(plotStems([SET]), ["holes"]);
    assert.deepEqual(plotStems([other]), ["others"]);
    assert.deepEqual(plotStems([SET, other]), ["holes", "others"]);
  });

  it("say what tells sets of the same data apart", () => {
    const sets = [SET, { ...SET, withPath: true }, { ...SET, prefixChars: 300 }, { ...SET, withPath: true, prefixChars: 300 }];
    assert.deepEqual(plotStems(sets), ["holes", "holes-path", "holes-300chars", "holes-path-300chars"]);
    assert.deepEqual(plotStems([SET, { ...SET, withProject: true }]), ["holes", "holes-project"]);
    assert.deepEqual(plotStems([SET, { ...SET, problems: 2 }]), ["holes-4problems", "holes-2problems"]);
    assert.deepEqual(plotStems([SET, { ...SET, maxTokens: 32 }]), ["holes-96tokens", "holes-32tokens"]);
    assert.deepEqual(plotStems([SET, { ...SET, data: "holes.jsonl", dataSha256: "cd" }]), ["holes-ab", "holes-cd"]);
  });

  it("are never alike, whatever the sets are called", () => {
    const set = fc.record({
      data: fc.constantFrom("a.jsonl", "a.jsonl.gz", "A.jsonl", "a-path.jsonl", "a-2.jsonl", "a-path-2.jsonl"),
      dataSha256: fc.constantFrom("ab", "cd"),
      problems: fc.constantFrom(4, 300),
      maxTokens: fc.constantFrom(32, 96),
      withProject: fc.boolean(),
      withPath: fc.boolean(),
      prefixChars: fc.constantFrom(100, 300),
    });
    fc.assert(
      fc.property(fc.uniqueArray(set, { selector: (one) => JSON.stringify(one), maxLength: 12 }), (sets) => {
        const stems = plotStems(sets).map((stem) => stem.toLowerCase());
        assert.equal(new Set(stems).size, sets.length);
      }),
    );
  });
});
