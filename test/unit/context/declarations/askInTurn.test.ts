import assert from "node:assert/strict";
import fc from "fast-check";
import { AskInTurn, type Turn } from "../../../../src/context/declarations/askInTurn";

/** A clock that stands, and a time limit that is over when the test says so. */
class Bench {
  nowMs = 0;
  readonly answers: string[] = [];
  private over: () => void = () => undefined;
  readonly turns = new AskInTurn({
    nowMs: () => this.nowMs,
    sleep: (_, signal) =>
      new Promise<void>((resolve) => {
        this.over = resolve;
        signal.addEventListener("abort", () => resolve());
      }),
  });

  endTime(): void {
    this.over();
  }

  ask(names: readonly string[], question: (name: string) => PromiseLike<string>, mayGoOn = () => true, language = "java"): Promise<void> {
    const turn: Turn<string> = { names, question, mayGoOn, answered: (name, answer) => this.answers.push(`${name}: ${answer}`) };
    return this.turns.ask(language, turn);
  }
}

const there = (): Promise<string> => Promise.resolve("there");
const never = (): Promise<string> => new Promise(() => undefined);

describe("questions to a language's server", () => {
  it("are asked one after the other, and end when nobody needs them any more", async () => {
    const bench = new Bench();
    let running = 0;
    const question = async (): Promise<string> => {
      assert.equal(++running, 1);
      await Promise.resolve();
      running--;
      return "there";
    };
    await bench.ask(["one", "two"], question);
    await bench.ask(["three", "four"], question, () => bench.answers.length < 3);
    assert.deepEqual(bench.answers, ["one: there", "two: there", "three: there"]);
  });

  it("end when the time is over, and are not asked again for a while, each time longer", async () => {
    const bench = new Bench();
    let asked = 0;
    const hang = (): Promise<string> => (asked++, never());
    let pauseMs = 30_000;
    for (let round = 1; round < 12; round++) {
      const turn = bench.ask(["one", "two"], hang);
      assert.equal(bench.turns.mayAsk("java"), false, "two at a time");
      bench.endTime();
      await turn;
      assert.equal(asked, round);
      bench.nowMs += pauseMs - 1;
      await bench.ask(["one"], hang);
      assert.equal(asked, round, `asked within ${pauseMs} ms`);
      assert.equal(bench.turns.mayAsk("python"), true);
      bench.nowMs += 1;
      pauseMs = Math.min(30 * 60_000, pauseMs * 2);
    }
    assert.deepEqual(bench.answers, []);
  });

  it("are left off where one fails, by throwing or by rejecting", async () => {
    const throws = (): Promise<string> => {
      throw new Error("no project");
    };
    for (const question of [throws, () => Promise.reject(new Error("no project"))]) {
      const bench = new Bench();
      await bench.ask(["one", "two"], question);
      assert.equal(bench.turns.mayAsk("java"), false);
      bench.nowMs += 30_000;
      await bench.ask(["one"], there);
      assert.deepEqual([bench.answers, bench.turns.mayAsk("java")], [["one: there"], true]);
    }
  });

  it("are answered late too, which shows that the server is there", async () => {
    const bench = new Bench();
    let answer: (text: string) => void = () => undefined;
    const turn = bench.ask(["one", "two"], () => new Promise((resolve) => (answer = resolve)));
    bench.endTime();
    await turn;
    assert.equal(bench.turns.mayAsk("java"), false);
    answer("late");
    await new Promise(setImmediate);
    assert.deepEqual([bench.answers, bench.turns.mayAsk("java")], [["one: late"], true]);
  });

  it("never throw, and never leave the language taken", async () => {
    const kind = fc.constantFrom("there", "fails", "hangs");
    await fc.assert(
      fc.asyncProperty(fc.array(kind, { maxLength: 6 }), async (kinds) => {
        const bench = new Bench();
        const question = (name: string): Promise<string> => {
          if (kinds[Number(name)] === "hangs") setImmediate(() => bench.endTime());
          return kinds[Number(name)] === "there" ? there() : kinds[Number(name)] === "fails" ? Promise.reject(new Error("no")) : never();
        };
        await bench.ask(kinds.map((_, index) => String(index)), question); // prettier-ignore
        const firstFault = kinds.findIndex((each) => each !== "there");
        assert.equal(bench.answers.length, firstFault < 0 ? kinds.length : firstFault);
        bench.nowMs += 30_000;
        assert.equal(bench.turns.mayAsk("java"), true);
      }),
    );
  });
});
