import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { EngineClient } from "../../../src/engine/client";
import { PREPARED_FILE, TOKENIZER_FILE } from "../../../src/model/preparedModel";
import { loadTokenizer } from "../../../src/model/tokenizer/loadTokenizer";
import type { TokenizerJson } from "../../../src/model/tokenizer/tokenizerJson";
import { EngineContestant, type ContestSampler, type EngineChoice } from "../../eval/engineContestant";
import { EvalError } from "../../eval/evalError";
import type { Problem } from "../../eval/problem";
import { prepareTiny, type Prepared } from "../model/tinyModels";
import { fakeClient, gone, NODE_ARGUMENTS, STARTING_MS } from "./support";

const NEVER = new AbortController().signal;
const problem = (prefix: string, suffix = "\n", id = "1"): Problem => ({
  id,
  language: "python",
  kind: "span",
  prefix,
  suffix,
  target: "",
});
/** Places of one file, near enough for the second canvas to keep the first one's anchor. */
const FILE = "def add(a, b):\n    return a + b\n\n\ndef double(x):\n    y = add(x, x)\n    return y\n";
const PLACES = [
  problem(FILE.slice(0, 60), FILE.slice(62), "a"),
  problem(FILE.slice(0, 74), FILE.slice(76), "b"),
  problem("x = 1\n", "", "c"),
];

describe("the engine as a contestant of the evaluation", function () {
  this.timeout(4 * STARTING_MS);
  let tiny: Prepared;
  const clients: EngineClient[] = [];
  before(async () => {
    tiny = await prepareTiny("tiny-qwen2");
    await writeFile(join(tiny.directory, PREPARED_FILE), JSON.stringify(tiny.model));
  });
  after(() => tiny.remove());

  const start = (more: Partial<EngineChoice> = {}, sampler: ContestSampler = "verified") =>
    EngineContestant.start({
      ...{ name: "tiny", directory: tiny.directory, prepared: tiny.model, sampler, maxTokens: 12, threads: 1 },
      createClient: () => {
        const entry = require.resolve("../../../src/engine/server.ts");
        const client = new EngineClient({ entry, nodeArguments: NODE_ARGUMENTS, modelDirectory: tiny.directory, threads: 1 });
        clients.push(client);
        return client;
      },
      ...more,
    });

  it("gives the ids of the canvas and of what was written, which spell the typed head and the answer, one engine after another", async () => {
    const tokenizer = loadTokenizer(JSON.parse(await readFile(join(tiny.directory, TOKENIZER_FILE), "utf8")) as TokenizerJson);
    const { specialTokens } = tiny.model;
    const contestant = await start();
    try {
      const attempts = [];
      for (const [at, place] of PLACES.entries()) {
        // The engine that comes next remembers no canvas: its anchors are other ones.
        if (at === 2) {
          const { pid } = clients.at(-1)!;
          process.kill(pid!, "SIGKILL");
          await gone(pid!, STARTING_MS);
        }
        attempts.push(await contestant.attempt(place, NEVER));
      }
      for (const { canvas, head, ids, text, passes } of attempts) {
        assert.equal(canvas[0], specialTokens.prefix);
        assert.ok(canvas.includes(specialTokens.middle));
        // A carriage return is no part of an answer.
        const bytes = ids.flatMap((id) => [...tokenizer.bytesOf(id)]).filter((byte) => byte !== 13);
        const expected = [...Buffer.from(head + text.replace(/\n$/, ""))];
        assert.deepEqual(bytes.slice(0, expected.length), expected);
        assert.ok(passes > 0);
      }
      assert.ok(clients.length >= 2);
    } finally {
      await contestant.stop();
    }
  });

  it("writes the same one token at a time, a pass each", async () => {
    const [drafting, plain] = [await start(), await start({}, "one-at-a-time")];
    try {
      for (const place of PLACES) {
        const [one, other] = [await drafting.attempt(place, NEVER), await plain.attempt(place, NEVER)];
        assert.deepEqual([one.text, one.ids, one.canvas], [other.text, other.ids, other.canvas]);
        assert.ok(one.passes <= other.passes);
      }
    } finally {
      await Promise.all([drafting.stop(), plain.stop()]);
    }
  });

  it("says at which problem it dies again and again", async () => {
    const contestant = await start({ createClient: () => fakeClient() });
    try {
      const isDeath = (error: unknown) =>
        error instanceof EvalError && error.failure.kind === "contestantDied" && error.failure.problem === "deadly";
      await assert.rejects(contestant.attempt(problem("garbage", "", "deadly"), NEVER), isDeath);
    } finally {
      await contestant.stop();
    }
  });

  it("is interrupted in the middle of an answer, which is not taken for one", async () => {
    const contestant = await start({ createClient: () => fakeClient(), maxTokens: 1_000 });
    try {
      const stop = new AbortController();
      const answering = contestant.attempt(problem("unhurried"), stop.signal);
      setTimeout(() => stop.abort(), 100);
      await assert.rejects(answering, (error) => error instanceof EvalError && error.failure.kind === "interrupted");
    } finally {
      await contestant.stop();
    }
  });

  it("is told by the engine's own error where the model does not load", () =>
    assert.rejects(start({ createClient: () => fakeClient({ modelDirectory: "missing" }) }), /There is no model/));
});
