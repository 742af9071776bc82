import assert from "node:assert/strict";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Infill, InfillRequest } from "../../../src/backends/infiller";
import { EngineClient } from "../../../src/engine/client";
import { Pipeline } from "../../replay/pipeline";
import { readTrace } from "../../replay/typingTrace";
import { checkOffer } from "../../soak/checkOffer";
import { FuzzDocument } from "../../soak/fuzzDocument";
import { fuzzEdit } from "../../soak/fuzzEdit";
import { randomFrom } from "../../randomFrom";

const EDITS = 300;
const SETTLE_MS = 10_000;
const MARKER = "<|fim_middle|>";

describe("the real engine", function () {
  this.timeout(110_000);
  const modelDirectory = process.env["UNMASK_MODEL_DIR"];
  const seed = Number(process.env["UNMASK_TEST_SEED"]) || Date.now() & 0xffff;
  before(function () {
    if (modelDirectory !== undefined) return;
    console.log("      not run: there is no real model (UNMASK_MODEL_DIR)");
    this.skip();
  });

  it(`answers ${EDITS} fuzzed edits, called off at random: every request settles, no text is lost (seed ${seed})`, async () => {
    const random = randomFrom(seed);
    const [typescript, python] = readTrace().documents;
    const documents = [
      new FuzzDocument("a.ts", "typescript", "\n", typescript!.text),
      new FuzzDocument("b.py", "python", "\r\n", python!.text),
    ];
    const [faults, requests]: [unknown[], Promise<void>[]] = [[], []];
    const outcomes: Promise<unknown>[] = [];
    let [offers, died] = [0, 0];
    const pipeline = new Pipeline({
      modelDirectory: modelDirectory!,
      deadlineMs: 600,
      // Of text that was struck at random the model is sure of nothing: what it says is checked all the same.
      settings: { leastSureness: 0 },
      watch: () => {
        let settle: () => void = () => undefined;
        requests.push(new Promise((resolve) => (settle = resolve)));
        return {
          onStep: () => undefined,
          onEnd: (_infill, error) => {
            if (error !== undefined) faults.push(error);
            settle();
          },
        };
      },
    });
    pipeline.supervisor.onState(({ kind }) => void (kind === "failed" && died++));
    try {
      await pipeline.supervisor.warm();
      let keystroke = new AbortController();
      for (let edit = 1; edit <= EDITS; edit++) {
        const document = documents[Math.floor(random() * 20) === 0 ? 1 : 0]!;
        fuzzEdit(document, random);
        if (random() < 0.8) keystroke.abort();
        keystroke = new AbortController();
        const [place, { signal }] = [document.place(), keystroke];
        const outcome = pipeline.completeAt(place, signal).then((given) => {
          if (given.kind === "none") return;
          offers += 1;
          checkOffer(place, document.eol, given);
        });
        outcomes.push(outcome.catch((error: unknown) => faults.push(`edit ${edit}: ${String(error)}`)));
        // Now and then the typist looks at what comes.
        if (edit % 8 === 0) await outcome.catch(() => undefined);
        else await wait(random() < 0.2 ? 300 * random() : 60 * random());
      }
      // Before the engine is closed: a keystroke that still waits would ask a closed one.
      const all = Promise.all(outcomes).then(() => Promise.all(requests));
      assert.ok(await Promise.race([all, wait(SETTLE_MS, undefined, { ref: false })]), "some never settled");
    } finally {
      await pipeline.dispose();
    }
    console.log(`      ${requests.length} requests, ${offers} offers`);
    assert.deepEqual(faults, []);
    assert.equal(died, 0);
    assert.ok(offers > 0, "nothing was offered, so no offer was checked");
    assert.ok(requests.length > EDITS / 10, `only ${requests.length} requests`);
  });

  describe("reads a special token's spelling in the user's file as text", () => {
    let engine: EngineClient;
    before(async () => {
      engine = new EngineClient({ entry: path.resolve(__dirname, "../../../dist/engine.cjs"), modelDirectory: modelDirectory! });
      await engine.start();
    });
    after(() => engine?.dispose());

    const ask = (request: Partial<InfillRequest>): Promise<Infill> =>
      engine.infill({ prefix: "", suffix: "\n", region: "line", languageId: "python", maxTokens: 24, sampler: "verified", ...request });
    const row = (text: string, index: number): string => `names[${index % 10}] = "${text}"\n`;
    const rows = (text: string): string => [...Array(12).keys()].map((index) => row(text, index)).join("");

    for (const marker of [MARKER, "<|fim_prefix|>", "<|fim_suffix|>", "<|endoftext|>"]) {
      it(`takes ${marker} for as many tokens as its letters make`, async () => {
        const length = async (text: string): Promise<number> => {
          const { prefillTokens, cachedTokens } = await ask({ prefix: rows(text) });
          return prefillTokens + cachedTokens;
        };
        const [asText, without] = [await length(marker), await length("")];
        assert.ok(asText >= without + 12 * 3, `${asText} tokens with 12 of it, ${without} without`);
      });
      it(`writes ${marker} where the file's pattern asks for it, and goes on to the end of the line`, async () => {
        const { text, ended } = await ask({ prefix: `${rows(marker)}names[2] = "` });
        assert.equal(text, `${marker}"`);
        assert.ok(ended === "line" || ended === "end" || ended === "suffix", ended);
      });
    }
  });
});
