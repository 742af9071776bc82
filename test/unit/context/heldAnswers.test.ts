import assert from "node:assert/strict";
import { HeldAnswers } from "../../../src/context/heldAnswers";

describe("answers that hold for a while", () => {
  function held(holdsMs = (answer: string): number => (answer === "short" ? 10 : 100)) {
    const clock = { nowMs: 0 };
    const asked: string[] = [];
    const answers = new HeldAnswers<string>(() => clock.nowMs, holdsMs);
    const get = (key: string, answer: string) =>
      answers.get(key, () => {
        asked.push(`${key}: ${answer}`);
        return Promise.resolve(answer);
      });
    return { clock, asked, answers, get };
  }

  it("are asked for again when they hold no more, each as long as it says", async () => {
    const { clock, asked, get } = held();
    assert.equal(await get("a", "short"), "short");
    assert.equal(await get("b", "long"), "long");
    clock.nowMs = 9;
    assert.equal(await get("a", "other"), "short");
    clock.nowMs = 10;
    assert.equal(await get("a", "other"), "other");
    clock.nowMs = 99;
    assert.equal(await get("b", "other"), "long");
    clock.nowMs = 100;
    assert.equal(await get("b", "other"), "other");
    assert.deepEqual(asked, ["a: short", "b: long", "a: other", "b: other"]);
  });

  it("are asked for once while they are awaited, however long that takes", async () => {
    const { clock, asked, answers } = held();
    let settle: (answer: string) => void = () => undefined;
    const ask = (): Promise<string> => {
      asked.push("asked");
      return new Promise((resolve) => (settle = resolve));
    };
    const first = answers.get("a", ask);
    clock.nowMs = 1_000;
    const second = answers.get("a", ask);
    settle("long");
    assert.deepEqual(await Promise.all([first, second]), ["long", "long"]);
    clock.nowMs = 1_099;
    assert.equal(await answers.get("a", ask), "long");
    assert.deepEqual(asked, ["asked"]);
  });

  it("that fail are not held, and fail for who waits", async () => {
    const { get, answers } = held();
    await assert.rejects(
      answers.get("a", () => Promise.reject(new Error("no disk"))),
      /no disk/,
    );
    assert.equal(await get("a", "short"), "short");
  });

  it("are forgotten at once when they are cleared", async () => {
    const { get, answers } = held();
    await get("a", "long");
    answers.clear();
    assert.equal(await get("a", "other"), "other");
  });
});
