import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { allModelFolders } from "../../eval/allModelFolders";
import { EvalError } from "../../eval/evalError";
import { withPreparedModel, type ModelToPrepare } from "../../eval/withPreparedModel";
import { NEVER } from "./sampleAttempts";

const BASE = path.join(__dirname, "../../fixtures/model/tiny-qwen2.gguf");
const BITS = path.join(__dirname, "../../eval/bitsPerByte.ts");
/** What make_tiny_models.py gives them. */
const SPECIAL_TOKENS = { end: 588, prefix: 591, middle: 592, suffix: 593, mask: 594 };

describe("a model that is prepared for a measurement", () => {
  let folder: string;
  let toPrepare: ModelToPrepare;
  const usual = process.env["TMPDIR"];
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "unmask-with-"));
    const shipped = JSON.parse(fs.readFileSync(path.join(allModelFolders()[0]!, "manifest.json"), "utf8")) as Record<string, unknown>;
    const manifest = { ...shipped, specialTokens: SPECIAL_TOKENS, adapter: undefined, vocabulary: undefined };
    toPrepare = { manifest: path.join(folder, "manifest.json"), base: BASE, precision: "int8", withAdapter: true };
    fs.writeFileSync(toPrepare.manifest, JSON.stringify(manifest));
    fs.mkdirSync(path.join(folder, "tmp"));
    process.env["TMPDIR"] = path.join(folder, "tmp");
  });
  afterEach(() => {
    if (usual === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = usual;
    fs.rmSync(folder, { recursive: true });
  });

  const left = () => fs.readdirSync(path.join(folder, "tmp")).filter((name) => name.startsWith("unmask-bits-"));

  it("is there while it is used, and gone afterwards, even where that failed", async () => {
    const files = await withPreparedModel(toPrepare, NEVER, (directory) => Promise.resolve(fs.readdirSync(directory)));
    assert.ok(files.includes("prepared.json") && files.length === 4, files.join());
    assert.deepEqual(left(), []);
    await assert.rejects(
      withPreparedModel(toPrepare, NEVER, () => Promise.reject(new Error("no"))),
      /no/,
    );
    assert.deepEqual(left(), []);
  });

  it("is not finished once it is interrupted, and nothing of it stays", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    await assert.rejects(
      withPreparedModel(toPrepare, signal, () => assert.fail("used")),
      /enough/,
    );
    assert.deepEqual(left(), []);
  });

  it("is missed by its manifest's name", async () => {
    const broken = path.join(folder, "broken.json");
    fs.writeFileSync(broken, "{");
    for (const [manifest, why] of [
      [path.join(folder, "none.json"), /none\.json can't be read \(ENOENT\)/],
      [broken, /broken\.json is no JSON/],
    ] as const)
      await assert.rejects(
        withPreparedModel({ ...toPrepare, manifest }, NEVER, () => assert.fail("used")),
        (error) => error instanceof EvalError && why.test(error.message),
      );
  });

  it("goes with the program that Ctrl-C ends", async function () {
    // Windows ends a process at once.
    if (process.platform === "win32") this.skip();
    const data = path.join(folder, "data.jsonl");
    const problem = { prefix: "", suffix: "", target: "x = 1\n".repeat(400) };
    fs.writeFileSync(data, Array.from({ length: 2_000 }, (_, id) => JSON.stringify({ id: String(id), ...problem })).join("\n"));
    const options = ["--data", data, "--limit", "2000", "--prepare", toPrepare.manifest, "--base", BASE];
    const child = spawn(process.execPath, ["--import", "tsx", BITS, ...options], { stdio: ["ignore", "ignore", "pipe"] });
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    const closed = once(child, "close");
    while (left().length === 0 && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 2));
    child.kill("SIGINT");
    const [exitCode] = (await closed) as [number | null];
    assert.deepEqual([stderr, exitCode, left()], ["Interrupted.\n", 130, []]);
  });
});
