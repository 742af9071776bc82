import assert from "node:assert/strict";
import { Session } from "../../../src/model/session";
import { relativeError } from "./reference";
import { prepareTiny, TINY, type Prepared } from "./tinyModels";

/** int8 activations are rounded row by row, so the same row gives the same numbers whatever else is in the pass, up to the order of sums. */
const SAME = 2e-2;

for (const runtime of ["node", "web"])
  describe(`a session's passes on onnxruntime-${runtime}`, function () {
    this.timeout(60_000);
    let prepared: Prepared;
    let session: Session;
    before(async () => {
      prepared = await prepareTiny("tiny-qwen2", { precision: "float32" });
      session = await Session.open(prepared.directory, prepared.model, { threads: 1, runtime });
    });
    after(async () => {
      await session.dispose();
      await prepared.remove();
    });
    beforeEach(() => session.truncate(0));

    const TEXT = [TINY.prefix, 71, 262, 300, 411, TINY.suffix, 12, 587, TINY.middle, 256];
    const copy = (rows: readonly Float32Array[]) => rows.map((row) => row.slice());

    it("give the same logits in one go, token by token, and in slices", async () => {
      const all = copy(await session.forward(TEXT, [], [...TEXT.keys()]));
      for (const slice of [1, 3, 7]) {
        session.truncate(0);
        const rows: Float32Array[] = [];
        for (let at = 0; at < TEXT.length; at += slice) {
          const part = TEXT.slice(at, at + slice);
          rows.push(...copy(await session.forward(part, [], [...part.keys()])));
        }
        assert.ok(relativeError(rows, all) < 1e-5);
      }
      assert.deepEqual(session.cached, TEXT);
    });

    it("forget what is truncated, and what a block held", async () => {
      await session.forward(TEXT.slice(0, 6), [], []);
      const fresh = copy(await session.forward(TEXT.slice(6), [], [3]));
      session.truncate(6);
      await session.forward([9, 9, 9], [TINY.mask, TINY.mask], [4]);
      assert.deepEqual(session.cached, [...TEXT.slice(0, 6), 9, 9, 9]);
      session.truncate(6);
      assert.ok(relativeError(copy(await session.forward(TEXT.slice(6), [], [3])), fresh) < 1e-6);
    });

    it("go on where they were left, in one place and in another", async () => {
      const long = (seed: number) => Array.from({ length: 200 }, (_, index) => ((index + seed) * 37) % 500);
      const [here, there] = [long(1), long(2)];
      /** @returns the logits of the token behind the context, and how much of that was computed */
      const ask = async (context: readonly number[]) => {
        session.recall(context, context.length);
        const cached = session.cached.length;
        const [row] = copy(await session.forward([...context.slice(cached), 9], [], [context.length - cached]));
        session.truncate(context.length);
        return { row: row!, computed: context.length - cached };
      };
      const [first, second] = [await ask(here), await ask(there)];
      assert.deepEqual([first.computed, second.computed, session.keptTokens], [200, 200, 400]);
      const [again, back] = [await ask(here), await ask(there)];
      assert.deepEqual([again.computed, back.computed], [0, 0]);
      assert.ok(relativeError([again.row, back.row], [first.row, second.row]) < 1e-5);
      assert.ok(relativeError([first.row], [second.row]) > SAME, "the places say different things");
    });

    it("let the block see itself and the clean tokens, and hide it from the clean tokens", async () => {
      await session.forward(TEXT.slice(0, 8), [], []);
      const clean = copy(await session.forward(TEXT.slice(8), [], [0, 1]));
      const blockRows = async (block: readonly number[]) => {
        session.truncate(8);
        return copy(await session.forward(TEXT.slice(8), block, [0, 1, 2, 3]));
      };
      const masks = await blockRows([TINY.mask, TINY.mask]);
      const later = await blockRows([TINY.mask, 77]);
      assert.ok(relativeError(masks.slice(0, 2), clean) < 1e-5, "clean rows do not see the block");
      assert.ok(relativeError([later[2]!], [masks[2]!]) > SAME, "a row of the block sees the one after it");
    });

    it("give each of several branches the logits of passes of its own, whatever the others keep and drop", async () => {
      const shared = TEXT.slice(0, 6);
      const passes = [
        { clean: [...TEXT.slice(6)], block: [TINY.mask], rows: [0, 3, 4], kept: 4 },
        { clean: [40, 41, 42], block: [], rows: [2], kept: 1 },
        { clean: [77], block: [TINY.mask, TINY.mask], rows: [0, 1, 2], kept: 1 },
        { clean: [9, 10, 11, 12], block: [TINY.mask, 77], rows: [1, 4, 5], kept: 2 },
      ];
      /** Which branch takes which pass, a round at a time. */
      const rounds = [
        [[0, 0], [1, 1], [2, 2]],
        [[2, 3], [0, 1]],
        [[1, 2], [2, 0], [0, 3]],
      ] as const; // prettier-ignore

      const alone: Float32Array[][] = [];
      for (const branch of [0, 1, 2]) {
        session.truncate(0);
        await session.forward(shared, [], []);
        const rows: Float32Array[] = [];
        for (const round of rounds) {
          const pass = passes[round.find(([who]) => who === branch)?.[1] ?? -1];
          if (pass === undefined) continue;
          const before = session.cached.length;
          rows.push(...copy(await session.forward(pass.clean, pass.block, pass.rows)));
          session.truncate(before + pass.kept);
        }
        alone.push(rows);
      }

      session.truncate(0);
      await session.forward(shared, [], []);
      const branches = session.branchOff();
      const together: Float32Array[][] = [[], [], []];
      const kept = [0, 0, 0];
      for (const round of rounds) {
        const logits = await branches.forward(round.map(([branch, pass]) => ({ branch, ...passes[pass]! })));
        for (const [index, [branch, pass]] of round.entries()) {
          together[branch]!.push(...copy(logits[index]!));
          branches.truncate(branch, (kept[branch]! += passes[pass]!.kept));
        }
      }
      for (const branch of [0, 1, 2]) assert.ok(relativeError(together[branch]!, alone[branch]!) < 1e-5, `branch ${branch}`);
      assert.ok(relativeError(together[0]!.slice(0, 1), together[2]!.slice(0, 1)) > SAME, "the branches say different things");
      assert.deepEqual(session.cached, shared);
    });

    it("of the cache itself are what they were, once branches are over", async () => {
      await session.forward(TEXT.slice(0, 6), [], []);
      const before = copy(await session.forward(TEXT.slice(6), [], [3]));
      session.truncate(6);
      await session.branchOff().forward([{ branch: 0, clean: [40, 41, 42], block: [], rows: [2] }]);
      assert.ok(relativeError(copy(await session.forward(TEXT.slice(6), [], [3])), before) < 1e-6);
      assert.deepEqual(session.cached, TEXT);
    });

    it("refuse more tokens than the model has room for, and go on", async () => {
      const room = prepared.model.contextLength;
      await assert.rejects(session.forward(new Array<number>(room + 1).fill(1), [], []), /has room for/);
      assert.equal((await session.forward(TEXT, [], [0])).length, 1);
      const branches = session.branchOff();
      const half = { clean: new Array<number>(Math.floor(room / 2)).fill(1), block: [], rows: [] };
      await branches.forward([{ branch: 0, ...half }, { branch: 1, ...half }]); // prettier-ignore
      await assert.rejects(branches.forward([{ branch: 1, ...half }]), /has room for/);
    });
  });
