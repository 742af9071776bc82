import assert from "node:assert/strict";
import { fillBranches } from "../../../src/backends/fillBranches";
import type { BranchOptions, Infill, Infiller, InfillRequest } from "../../../src/backends/infiller";
import { emptyInfill } from "../../../src/engine/emptyInfill";

const REQUEST: InfillRequest = { prefix: "x = ", suffix: "", region: "line", languageId: "c", maxTokens: 9, sampler: "verified" };
const answer = (text: string): Infill => ({ ...emptyInfill("aborted", "m", 0), text, ended: "end" });

describe("filling behind several heads", () => {
  it("asks once where the infiller can do them together", async () => {
    const asked: unknown[] = [];
    const infiller: Infiller = {
      infill: () => Promise.reject(new Error("asked one by one")),
      infillBranches: (...all) => (asked.push(all), Promise.resolve([answer("1"), answer("2")])),
    };
    const options: BranchOptions = { deadlineMs: 900 };
    const infills = await fillBranches(infiller, REQUEST, ["a", "b"], options);
    assert.deepEqual(infills.map(({ text }) => text), ["1", "2"]); // prettier-ignore
    assert.deepEqual(asked, [[REQUEST, ["a", "b"], options]]);
  });

  it("asks one after the other where it cannot, each with its share of the time", async () => {
    const asked: unknown[] = [];
    let running = 0;
    const infiller: Infiller = {
      infill: async ({ prefix }, options) => {
        assert.equal(running++, 0, "a newer request would end the older one");
        await Promise.resolve();
        running--;
        asked.push([prefix, options]);
        return answer(prefix);
      },
    };
    const { signal } = new AbortController();
    const infills = await fillBranches(infiller, REQUEST, ["a", "b"], { signal, deadlineMs: 900 });
    assert.deepEqual(infills.map(({ text }) => text), ["x = a", "x = b"]); // prettier-ignore
    assert.deepEqual(asked, [
      ["x = a", { signal, deadlineMs: 450 }],
      ["x = b", { signal, deadlineMs: 450 }],
    ]);
    assert.deepEqual(await fillBranches(infiller, REQUEST, ["c"]), [answer("x = c")]);
  });

  it("asks for no more once it is aborted, and still gives an infill a head", async () => {
    for (const abortBehind of [0, 1, 3]) {
      const search = new AbortController();
      const asked: string[] = [];
      const infiller: Infiller = {
        infill: ({ prefix }) => {
          if (asked.push(prefix) === abortBehind) search.abort();
          return Promise.resolve(answer(prefix));
        },
      };
      if (abortBehind === 0) search.abort();
      const infills = await fillBranches(infiller, REQUEST, ["a", "b", "c"], { signal: search.signal });
      assert.equal(asked.length, abortBehind);
      assert.deepEqual(
        infills.map(({ text, ended }) => [text, ended]),
        ["x = a", "x = b", "x = c"].map((text, head) => (head < abortBehind ? [text, "end"] : ["", "aborted"])),
      );
    }
  });
});
