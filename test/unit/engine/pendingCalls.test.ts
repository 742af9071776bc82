import assert from "node:assert/strict";
import { EngineError } from "../../../src/backends/engineError";
import { PendingCalls } from "../../../src/engine/pendingCalls";

const DIED = { kind: "engineDied", detail: "killed" } as const;
const REFUSED = { kind: "badRequest", detail: "no" } as const;
const failsWith = (failure: object) => (error: unknown) => {
  assert.ok(error instanceof EngineError);
  assert.deepEqual(error.failure, failure);
  return true;
};

describe("PendingCalls", () => {
  let counts: number[];
  let calls: PendingCalls;
  beforeEach(() => {
    counts = [];
    calls = new PendingCalls((count) => counts.push(count));
  });

  it("gives what the work gives, and counts what waits", async () => {
    assert.deepEqual(
      await Promise.all([calls.add(() => Promise.resolve(1), ignored), calls.add(() => Promise.resolve(2), ignored)]),
      [1, 2],
    );
    assert.deepEqual(counts, [1, 2, 1, 0]);
  });

  it("fails all that wait, and every later one without calling its work", async () => {
    const [first, second] = [calls.add(never, ignored), calls.add(never, ignored)];
    calls.failAll(DIED);
    await assert.rejects(first, failsWith(DIED));
    await assert.rejects(second, failsWith(DIED));
    await assert.rejects(
      calls.add(() => assert.fail("it is called"), ignored),
      failsWith(DIED),
    );
    assert.equal(calls.count, 0);
  });

  it("fails one call with what its rejection amounts to", async () => {
    const waiting = calls.add(never, ignored);
    await assert.rejects(
      calls.add(
        () => Promise.reject(new Error("refused")),
        () => REFUSED,
      ),
      failsWith(REFUSED),
    );
    assert.equal(calls.count, 1);
    calls.failAll(DIED);
    await assert.rejects(waiting);
  });

  it("takes what is thrown at once for a rejection, and waits with it for what is known better in a moment", async () => {
    let told: unknown;
    const call = calls.add(
      () => {
        throw new Error("closed");
      },
      (error) => void (told = error),
    );
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(String(told), "Error: closed");
    assert.equal(calls.count, 1);
    calls.failAll(DIED);
    await assert.rejects(call, failsWith(DIED));
  });
});

const ignored = (): undefined => undefined;
const never = (): Promise<never> => new Promise(() => undefined);
