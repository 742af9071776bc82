import assert from "node:assert/strict";
import type { ModelOutcome } from "../../../src/model/store/ensureModel";
import { ModelKeeper, type ModelKeeperParts } from "../../../src/ui/modelKeeper";

function keeperWith(more: Partial<ModelKeeperParts>) {
  const log: string[] = [];
  const keeper = new ModelKeeper({
    namedDirectory: () => undefined,
    ensure: () => Promise.resolve({ kind: "ready", directory: "/prepared" }),
    ask: () => Promise.resolve(true),
    showGetting: () => ({ report: ({ stage }) => log.push(stage), end: () => log.push("end") }),
    explain: (error) => (error as Error).message,
    discard: () => assert.fail("a model was deleted"),
    markUsed: () => undefined,
    ...more,
  });
  return { keeper, log };
}

describe("ModelKeeper", () => {
  it("takes a named folder as it is", async () => {
    const { keeper } = keeperWith({ namedDirectory: () => "/named", ensure: () => assert.fail("the store was asked") });
    assert.equal(await keeper.get("background"), "/named");
  });
  it("looks once for all who want the model", async () => {
    let calls = 0;
    const { keeper } = keeperWith({ ensure: () => (calls++, Promise.resolve<ModelOutcome>({ kind: "ready", directory: "/p" })) });
    assert.deepEqual(await Promise.all([keeper.get("background"), keeper.get("user")]), ["/p", "/p"]);
    assert.equal(calls, 1);
  });
  it("does not look again of its own accord after a refusal or a failure, but does for the user", async () => {
    for (const result of [() => Promise.resolve<ModelOutcome>({ kind: "refused" }), () => Promise.reject(new Error("No network: wait."))]) {
      let calls = 0;
      const { keeper } = keeperWith({ ensure: () => (calls++, result()) });
      assert.equal(await keeper.get("background"), undefined);
      assert.equal(await keeper.get("background"), undefined);
      assert.equal(calls, 1);
      await keeper.get("user");
      assert.equal(calls, 2);
    }
  });
  it("keeps the sentence of a failure", async () => {
    const { keeper } = keeperWith({ ensure: () => Promise.reject(new Error("No network: wait.")) });
    await keeper.get("user");
    assert.deepEqual(keeper.state, { kind: "failed", message: "No network: wait." });
  });
  it("shows progress only while something is done, and ends it", async () => {
    const { keeper, log } = keeperWith({
      ensure: (_ask, onProgress) => {
        onProgress({ stage: "fetching", done: 1, total: 2 });
        onProgress({ stage: "preparing", done: 1, total: 2 });
        assert.equal(keeper.state.kind, "getting");
        return Promise.resolve({ kind: "ready", directory: "/p" });
      },
    });
    await keeper.get("user");
    assert.deepEqual(log, ["fetching", "preparing", "end"]);
    assert.equal(keeper.directory, "/p");
  });
  it("is missing the model after the user cancels, and gets it when they wish again", async () => {
    let cancel: () => void = () => undefined;
    let cancelled = 0;
    const { keeper } = keeperWith({
      showGetting: (stop) => ((cancel = stop), { report: () => undefined, end: () => undefined }),
      ensure: (_ask, onProgress, signal) => {
        if (cancelled++ > 0) return Promise.resolve({ kind: "ready", directory: "/p" });
        onProgress({ stage: "fetching", done: 1, total: 2 });
        cancel();
        assert.equal(signal.aborted, true);
        return Promise.resolve({ kind: "cancelled" });
      },
    });
    assert.equal(await keeper.get("user"), undefined);
    assert.equal(keeper.state.kind, "missing");
    assert.equal(await keeper.get("user"), "/p");
  });
  it("is missing the model while its question is open, and asks anew when the user wishes", async () => {
    const answers: ((agreed: boolean) => void)[] = [];
    const wishes: string[] = [];
    const { keeper } = keeperWith({
      ask: (_request, wish) => (wishes.push(wish), new Promise((resolve) => answers.push(resolve))),
      ensure: async (ask) =>
        (await ask({ title: "t", bytes: 1, licence: "l", from: "f" })) ? { kind: "ready", directory: "/p" } : { kind: "refused" },
    });
    const background = keeper.get("background");
    assert.equal(keeper.state.kind, "missing");
    const wished = keeper.get("user");
    assert.deepEqual(wishes, ["background", "user"]);
    answers[0]!(false);
    assert.equal(await background, undefined);
    assert.equal(keeper.state.kind, "missing");
    answers[1]!(true);
    assert.equal(await wished, "/p");
  });
  it("deletes a damaged model of the store and looks anew, but never a named folder", async () => {
    const deleted: string[] = [];
    const discard = (directory: string): Promise<void> => (deleted.push(directory), Promise.resolve());
    const own = keeperWith({ discard }).keeper;
    await own.get("user");
    assert.equal(await own.discard(), true);
    assert.equal(own.state.kind, "unknown");
    const named = keeperWith({ discard, namedDirectory: () => "/named" }).keeper;
    await named.get("user");
    assert.equal(await named.discard(), false);
    assert.deepEqual(deleted, ["/prepared"]);
  });
  it("stops and forgets on reset", async () => {
    let finish: (outcome: ModelOutcome) => void = () => undefined;
    let signal: AbortSignal | undefined;
    const { keeper } = keeperWith({
      ensure: (_ask, _onProgress, given) => ((signal = given), new Promise((resolve) => (finish = resolve))),
    });
    const got = keeper.get("user");
    keeper.reset();
    assert.equal(signal?.aborted, true);
    finish({ kind: "ready", directory: "/old" });
    assert.equal(await got, undefined);
    assert.equal(keeper.state.kind, "unknown");
  });
  it("looks anew at once after a reset, though the stopped look has not ended", async () => {
    let calls = 0;
    const { keeper } = keeperWith({
      ensure: () => (calls++ === 0 ? new Promise(() => undefined) : Promise.resolve({ kind: "ready", directory: "/new" })),
    });
    void keeper.get("background");
    keeper.reset();
    assert.equal(await keeper.get("user"), "/new");
  });
  it("gives an engine the folder, and notes that it is used; where there is none, neither", async () => {
    const used: string[] = [];
    const { keeper } = keeperWith({ markUsed: (directory) => used.push(directory) });
    assert.equal(keeper.directoryForEngine(), "");
    await keeper.get("background");
    assert.equal(keeper.directoryForEngine(), "/prepared");
    assert.equal(keeper.directoryForEngine(), "/prepared");
    assert.deepEqual(used, ["/prepared", "/prepared"]);
  });
  it("looks anew by itself where the folder has vanished, once until an engine has loaded the model again", async () => {
    let looks = 0;
    const { keeper } = keeperWith({ ensure: () => Promise.resolve<ModelOutcome>({ kind: "ready", directory: `/p${++looks}` }) });
    assert.equal(await keeper.lookAnew(), undefined);
    assert.equal(await keeper.get("background"), "/p1");
    assert.equal(await keeper.lookAnew(), "/p2");
    assert.equal(await keeper.lookAnew(), undefined);
    assert.equal(keeper.directory, "/p2");
    keeper.markLoaded();
    assert.equal(await keeper.lookAnew(), "/p3");
    assert.equal(looks, 3);
  });
  it("is missing the model where the folder has vanished and it may not be fetched again", async () => {
    let looks = 0;
    const { keeper } = keeperWith({
      ensure: () => Promise.resolve<ModelOutcome>(looks++ === 0 ? { kind: "ready", directory: "/p" } : { kind: "refused" }),
    });
    await keeper.get("user");
    assert.equal(await keeper.lookAnew(), undefined);
    assert.equal(keeper.state.kind, "missing");
    assert.equal(looks, 2);
  });
  it("leaves a named folder that has vanished to the user", async () => {
    const { keeper } = keeperWith({ namedDirectory: () => "/named", ensure: () => assert.fail("the store was asked") });
    await keeper.get("background");
    assert.equal(await keeper.lookAnew(), undefined);
    assert.equal(keeper.directory, "/named");
  });
});
