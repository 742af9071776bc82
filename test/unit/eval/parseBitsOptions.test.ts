import assert from "node:assert/strict";
import fc from "fast-check";
import { EvalError } from "../../eval/evalError";
import { parseBitsOptions } from "../../eval/parseBitsOptions";

const parse = (...args: string[]) => parseBitsOptions(["--data", "a.jsonl", ...args]);
const PREPARE = ["--prepare", "m.json", "--base", "b.gguf"];

describe("options of the bits per byte", () => {
  it("have defaults", () => {
    const toPrepare = { manifest: "m.json", base: "b.gguf", precision: "float32", withAdapter: true };
    assert.deepEqual(parse(...PREPARE), { data: "a.jsonl", limit: 100, chars: 2_400, toPrepare, directories: [] });
    assert.deepEqual(parse("a", "b"), { data: "a.jsonl", limit: 100, chars: 2_400, toPrepare: undefined, directories: ["a", "b"] });
  });

  it("say how a model is prepared", () => {
    const { toPrepare, directories } = parse(...PREPARE, "--precision", "int8", "--no-adapter", "a");
    assert.deepEqual(toPrepare, { manifest: "m.json", base: "b.gguf", precision: "int8", withAdapter: false });
    assert.deepEqual(directories, ["a"]);
  });

  it("are refused where they are wrong, by what is wrong", () => {
    const refused: readonly (readonly [args: readonly string[], why: RegExp])[] = [
      [[], /Name prepared models' folders, or a manifest/],
      [["--prepare", "m.json"], /--prepare needs the base's weights/],
      [["--prepare", "m.json", "a"], /--prepare needs the base's weights/],
      [["--base", "b.gguf", "a"], /--base is for a model that is prepared/],
      [["--precision", "int8", "a"], /--precision is for a model/],
      [["--no-adapter", "a"], /--no-adapter is for a model/],
      [[...PREPARE, "--precision", "int4"], /--precision is one of int8, float32, not int4/],
      [["--limit", "x", "a"], /--limit is a whole number from 1, not x/],
      [["--chars", "", "a"], /--chars is a whole number/],
      [["--limt", "1", "a"], /--limt/],
    ];
    const tells = (why: RegExp) => (error: unknown) => error instanceof EvalError && why.test(error.message);
    for (const [args, why] of refused) assert.throws(() => parse(...args), tells(why), args.join(" "));
    assert.throws(() => parseBitsOptions(["a"]), tells(/--data FILE is missing/));
  });

  it("are numbers that can be counted to, or refused, whatever is written", () =>
    fc.assert(
      fc.property(fc.constantFrom("limit", "chars"), fc.oneof(fc.string(), fc.double().map(String)), (option, value) => {
        let count: number;
        try {
          count = parse(`--${option}=${value}`, "a")[option];
        } catch (error) {
          assert.ok(error instanceof EvalError);
          return;
        }
        assert.ok(Number.isInteger(count) && count > 0);
      }),
    ));
});
