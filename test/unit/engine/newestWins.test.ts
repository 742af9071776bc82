import assert from "node:assert/strict";
import { setImmediate as turn } from "node:timers/promises";
import { NewestWins } from "../../../src/engine/newestWins";

describe("NewestWins", () => {
  /** A job that ends when its signal aborts, or when it is told to. */
  const job = (name: string, log: string[]) => {
    let finish: (value: string) => void = () => undefined;
    const run = (signal: AbortSignal): Promise<string> => {
      log.push(`${name} runs`);
      return new Promise((resolve) => {
        finish = resolve;
        signal.addEventListener("abort", () => resolve(`${name} in part`));
      });
    };
    return { run, displaced: () => `${name} displaced`, finish: () => finish(`${name} whole`) };
  };

  it("runs one at a time: of those waiting only the newest, the older resolve at once", async () => {
    const log: string[] = [];
    const jobs = new NewestWins();
    const [a, b, c] = ["a", "b", "c"].map((name) => job(name, log));
    const answers = [jobs.submit(1, a!.run, a!.displaced), jobs.submit(2, b!.run, b!.displaced), jobs.submit(3, c!.run, c!.displaced)];
    assert.equal(await answers[1], "b displaced");
    assert.equal(await answers[0], "a in part");
    await turn();
    c!.finish();
    assert.equal(await answers[2], "c whole");
    assert.deepEqual(log, ["a runs", "c runs"]);
  });

  it("does not start the next before the aborted one has settled", async () => {
    const log: string[] = [];
    const jobs = new NewestWins();
    let settle: () => void = () => undefined;
    const stubborn = jobs.submit(
      1,
      () => new Promise((resolve) => (settle = () => resolve("stubborn"))),
      () => "",
    );
    await turn();
    const next = job("next", log);
    const answer = jobs.submit(2, next.run, next.displaced);
    await turn();
    assert.deepEqual(log, []);
    settle();
    await stubborn;
    await turn();
    assert.deepEqual(log, ["next runs"]);
    next.finish();
    await answer;
  });

  it("aborts by id, running or waiting, and ignores unknown ids", async () => {
    const log: string[] = [];
    const jobs = new NewestWins();
    const [a, b] = [job("a", log), job("b", log)];
    const first = jobs.submit(1, a.run, a.displaced);
    await turn();
    jobs.abort(7);
    jobs.abort(1);
    assert.equal(await first, "a in part");
    await turn();
    const stubborn = jobs.submit(
      2,
      () => turn("done"),
      () => "",
    );
    const waiting = jobs.submit(3, b.run, b.displaced);
    jobs.abort(3);
    assert.equal(await waiting, "b displaced");
    assert.equal(await stubborn, "done");
    assert.ok(!log.includes("b runs"));
  });

  it("goes on after a job that rejects", async () => {
    const jobs = new NewestWins();
    await assert.rejects(
      jobs.submit(
        1,
        () => Promise.reject(new Error("no")),
        () => "",
      ),
      /no/,
    );
    assert.equal(
      await jobs.submit(
        2,
        () => Promise.resolve("yes"),
        () => "",
      ),
      "yes",
    );
  });

  it("is idle once all is aborted", async () => {
    const jobs = new NewestWins();
    const [a, b] = [job("a", []), job("b", [])];
    const answers = Promise.all([jobs.submit(1, a.run, a.displaced), jobs.submit(2, b.run, b.displaced)]);
    await jobs.abortAll();
    assert.deepEqual(await answers, ["a in part", "b displaced"]);
    await jobs.abortAll();
  });
});
