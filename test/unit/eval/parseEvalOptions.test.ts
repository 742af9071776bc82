import assert from "node:assert/strict";
import { EvalError } from "../../eval/evalError";
import { parseEvalOptions } from "../../eval/parseEvalOptions";

const parse = (...args: string[]) => parseEvalOptions(["--data", "a.jsonl", ...args], "/here");

describe("options of the evaluation", () => {
  it("have defaults", () => {
    const { data, limit, models, samplers, baseAlone, threads, maxTokens } = parse();
    assert.deepEqual(
      { data, limit, models, samplers, baseAlone, threads, maxTokens },
      { data: "a.jsonl", limit: Infinity, models: [], samplers: ["verified"], baseAlone: false, threads: 0, maxTokens: 96 },
    );
  });

  it("name samplers one by one, by commas or all, each once", () => {
    assert.deepEqual(parse("--sampler", "all").samplers, ["verified", "confidence", "one-at-a-time"]);
    assert.deepEqual(parse("--sampler", "confidence", "--sampler", "verified,confidence").samplers, ["confidence", "verified"]);
  });

  it("name several models, in order", () => assert.deepEqual(parse("--model", "b", "--model", "x=a").models, ["b", "x=a"]));

  it("name the peer's folder, or leave it at the usual one", () => {
    assert.equal(parse().peer, undefined);
    assert.equal(parse("--peer", "a").peer, "a");
    assert.equal(parse("--peer").peer, "/here");
    const { peer, json } = parse("--peer", "--json", "x.json");
    assert.deepEqual([peer, json], ["/here", "x.json"]);
  });

  it("are refused where they are wrong, by what is wrong", () => {
    const refused: readonly (readonly [args: readonly string[], why: RegExp])[] = [
      [["--sampler", "toss"], /no sampler toss: choose from verified/],
      [["--limit", "0"], /--limit is a whole number from 1/],
      [["--limit", ""], /--limit is a whole number/],
      [["--limit", "2.5"], /--limit is a whole number/],
      [["--max-tokens", "1e9"], /from 1 to 1024/],
      [["--threads", "-1"], /--threads|argument/],
      [["--modle", "a"], /--modle/],
      [["stray"], /stray/],
      [["--json", "a", "--json", "b"], /--json may stand there once/],
    ];
    for (const [args, why] of refused) assert.throws(() => parse(...args), why, args.join(" "));
    assert.throws(() => parseEvalOptions([], "/here"), EvalError);
  });
});
