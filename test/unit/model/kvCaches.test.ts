import assert from "node:assert/strict";
import fc from "fast-check";
import { sharedLength } from "../../../src/diffusion/sharedLength";
import { KvCache } from "../../../src/model/kvCache";
import { KvCaches } from "../../../src/model/kvCaches";

const LIMITS = { most: 3, worthTokens: 4 };

/** Keys and values as a model would make them: each row says what stands before it. */
const rowOf = (tokens: readonly number[], at: number): number => tokens.slice(0, at + 1).reduce((hash, token) => hash * 7 + token + 1, 1);

/** Caches as a request's passes use them: recall, forget what differs, compute the rest. */
class Reader {
  created = 0;
  readonly caches = new KvCaches(() => {
    this.created += 1;
    return new KvCache(1, 1, 4);
  }, LIMITS);

  /** @returns how many tokens had to be computed */
  read(context: readonly number[], lasting = context.length): number {
    this.caches.recall(context, lasting);
    const { current } = this.caches;
    const shared = sharedLength(current.tokens, context);
    current.truncate(shared);
    const added = context.slice(shared);
    const rows = Float32Array.from(added, (_, index) => rowOf(context, shared + index));
    current.append(added, [rows, rows]);
    return added.length;
  }

  /** Whether keys and values are those of the tokens. */
  isConsistent(): boolean {
    const { current } = this.caches;
    const expected = Float32Array.from(current.tokens, (_, at) => rowOf(current.tokens, at));
    return [0, 1].every((buffer) => Buffer.from(current.view(buffer)).equals(Buffer.from(expected)));
  }
}

describe("the KV caches of several places", () => {
  const a = [1, 1, 1, 1, 1, 1, 1, 1];
  const b = [2, 2, 2, 2, 2, 2, 2, 2];
  const c = [3, 3, 3, 3, 3, 3, 3, 3];
  const d = [4, 4, 4, 4, 4, 4, 4, 4];

  it("gives back what was read in a place that one left, until as many others came as are kept", () => {
    const reader = new Reader();
    assert.deepEqual([a, b, c, a, b, c].map((place) => reader.read(place)), [8, 8, 8, 0, 0, 0]); // prettier-ignore
    assert.deepEqual(
      [d, b, c, a].map((place) => reader.read(place)),
      [8, 0, 0, 8],
    );
    assert.equal(reader.created, 3);
  });

  it("keeps one cache while somebody writes on, and takes back a little", () => {
    const reader = new Reader();
    for (let length = 1; length < 20; length++) assert.ok(reader.read(Array.from({ length }, (_, i) => i)) <= 1);
    assert.equal(reader.read([...Array(16).keys(), 99]), 1);
    assert.equal(reader.created, 1);
  });

  it("copies what a place far up in the same text shares, and keeps the place below", () => {
    const reader = new Reader();
    const below = [...a, ...b, ...c];
    reader.read(below);
    assert.equal(reader.read([...a, 5]), 1);
    assert.ok(reader.isConsistent());
    assert.equal(reader.read([...below, 5]), 1);
    assert.ok(reader.isConsistent());
  });

  it("does not keep what stands behind the text, which belongs to one canvas only: who writes on in one place pushes no other out", () => {
    const reader = new Reader();
    reader.read(a);
    for (let written = 0; written < 30; written++) {
      const text = [...b, ...Array.from({ length: written }, (_, i) => i)];
      const behind = Array.from({ length: 9 }, (_, i) => 50 + written + i);
      assert.ok(reader.read([...text, ...behind], text.length) <= (written === 0 ? 17 : 10));
    }
    assert.equal(reader.created, 2);
    assert.equal(reader.read(a), 0);
  });

  it("does not keep what is read again at once", () => {
    const reader = new Reader();
    for (const token of [1, 2, 3, 4, 5, 6]) reader.read([token, token, token]);
    assert.equal(reader.created, 1);
    reader.read(a);
    reader.read([6, 6, 6]);
    reader.read(b);
    assert.equal(reader.created, 2, "the little one is written over");
    assert.equal(reader.read(a), 0);
  });

  it("whatever is read, holds it rightly, and recalls no less than any of them had (1,000 random histories)", () => {
    const context = fc.array(fc.nat(2), { maxLength: 14 });
    const step = fc.record({ context, cut: fc.nat(14), lasting: fc.nat(14) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (history) => {
        const reader = new Reader();
        const one = new KvCache(1, 1, 4);
        for (const { context, cut, lasting } of history) {
          const shared = sharedLength(one.tokens, context);
          const computed = reader.read(context, Math.min(lasting, context.length));
          assert.ok(computed <= context.length - shared, "one cache alone would have done better");
          assert.deepEqual(reader.caches.current.tokens, context);
          assert.ok(reader.isConsistent());
          assert.ok(reader.created <= LIMITS.most);
          // A request that is called off.
          reader.caches.current.truncate(cut);
          one.truncate(0);
          one.append(
            context.slice(0, cut),
            [0, 1].map(() => new Float32Array(cut)),
          );
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
