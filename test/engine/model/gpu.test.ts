import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { EngineError } from "../../../src/backends/engineError";
import { isProcessAlive } from "../../../src/model/isProcessAlive";
import { loadModel } from "../../../src/engine/loadModel";
import { ProbedGpu, type GpuOptions } from "../../../src/engine/probedGpu";
import { probeProvider } from "../../../src/engine/probeProvider";
import { ProbeWhenIdle } from "../../../src/engine/probeWhenIdle";
import { PREPARED_FILE } from "../../../src/model/preparedModel";
import { listProviders } from "../../../src/model/runtime/provider/listProviders";
import type { Verdict } from "../../../src/model/runtime/provider/verdict";
import { fingerprint } from "../../../src/model/fingerprint";
import { VerdictFile } from "../../../src/model/runtime/provider/verdictFile";
import { NODE_ARGUMENTS, request } from "../process/support";
import { prepareTiny, type Prepared } from "./tinyModels";

const throwIt = (error: unknown): never => {
  throw error;
};
const never = new AbortController().signal;

async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 15_000; !(await holds()); await sleep(20)) if (Date.now() > end) assert.fail(`never: ${what}`);
}

describe("the GPU", function () {
  this.timeout(30_000);
  let folder: string;
  let prepared: Prepared;
  let file: VerdictFile;
  const logs: string[] = [];
  const home = process.env["UNMASK_HOME"];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "unmask-gpu-"));
    prepared = await prepareTiny("tiny-qwen2");
    await writeFile(join(prepared.directory, PREPARED_FILE), JSON.stringify(prepared.model));
    file = new VerdictFile(folder, fingerprint(prepared.model));
    await mkdir(dirname(file.path));
    process.env["UNMASK_HOME"] = folder;
  });
  beforeEach(async () => {
    logs.length = 0;
    await rm(file.path, { force: true });
  });
  after(async () => {
    if (home === undefined) delete process.env["UNMASK_HOME"];
    else process.env["UNMASK_HOME"] = home;
    await rm(folder, { recursive: true, force: true });
    await prepared.remove();
  });

  /** A probe's process that does as `code` says; `report` sends one. */
  async function program(name: string, code: string): Promise<{ readonly entry: string }> {
    const entry = join(folder, `${name}.cjs`);
    await writeFile(entry, `const report = (r) => process.send(r); process.once("message", (request) => { ${code} });`);
    return { entry };
  }
  const ask = () => ({ directory: prepared.directory, provider: "webgpu", threads: 1 });

  describe("a probe's process", () => {
    it("gives its report, and is gone", async () => {
      const probe = await program("good", `report({ rows8Ms: { cpu: process.pid, provider: request.threads } })`);
      const report = await probeProvider(probe, ask(), never);
      assert.equal(report?.rows8Ms?.provider, 1);
      assert.ok(!isProcessAlive(report.rows8Ms.cpu));
    });
    it("that crashes, ends silently or can't start is a refusal", async () => {
      const of = async (name: string, code: string) => (await probeProvider(await program(name, code), ask(), never))?.refusal;
      assert.equal(await of("crash", `process.kill(process.pid, "SIGSEGV")`), "its process ended with SIGSEGV");
      assert.equal(await of("exit", `process.exit(0)`), "its process ended with code 0");
      assert.equal((await probeProvider({ entry: join(folder, "missing.cjs") }, ask(), never))?.refusal, "its process ended with code 1");
    });
    it("that hangs is killed in time, and so refused", async () => {
      const hang = await program("hang", `require("node:fs").writeFileSync(request.directory + ".pid", String(process.pid)); for (;;);`);
      const report = await probeProvider({ ...hang, limitMs: 1_000 }, ask(), never);
      assert.equal(report?.refusal, "it did not end in 1 s");
      const pid = Number(await readFile(`${prepared.directory}.pid`, "utf8"));
      await rm(`${prepared.directory}.pid`);
      assert.ok(!isProcessAlive(pid));
    });
    it("that is called off gives nothing", async () => {
      const control = new AbortController();
      const probing = probeProvider(await program("slow", `setTimeout(() => report({}), 20_000)`), ask(), control.signal);
      setTimeout(() => control.abort(), 300);
      assert.equal(await probing, undefined);
    });

    const real = { entry: require.resolve("../../../src/engine/probeProcess.ts"), execArgv: NODE_ARGUMENTS };
    it("measures the model really: a provider that is the CPU is right, and no faster by a fifth but for noise", async () => {
      // onnxruntime ignores a name that it does not know, so the CPU computes on both sides.
      const report = await probeProvider(real, { ...ask(), provider: "none" }, never);
      assert.ok(report?.rows8Ms !== undefined, report?.refusal);
      if (report.refusal !== undefined) assert.match(report.refusal, /^8 rows take/);
    });
    it("says what a provider misses", async () => {
      const report = await probeProvider(real, { ...ask(), provider: "qnn", directory: join(folder, "no-model") }, never);
      assert.match(report?.refusal ?? "", /no model at/);
    });
    it("ends when the engine is gone, even where its driver never returns", async () => {
      // The real process, with a loop in place of a driver, which begins where the thread that watches is there: tsx may take long to set it up.
      const pidFile = join(folder, "hanging.pid");
      const hangs = join(folder, "hangs.cjs");
      await writeFile(
        hangs,
        `const threads = require("node:worker_threads");
        const hang = () => { require("node:fs").writeFileSync(${JSON.stringify(pidFile)}, String(process.pid)); for (;;); };
        const { Worker } = threads;
        if (threads.isMainThread) threads.Worker = class extends Worker { constructor(...all) { super(...all); this.once("online", hang); } };`,
      );
      const parent = join(folder, "parent.cjs");
      const execArgv = JSON.stringify([...NODE_ARGUMENTS, "--require", hangs]);
      await writeFile(
        parent,
        `require("node:child_process").fork(${JSON.stringify(real.entry)}, [], { execArgv: ${execArgv} }); setInterval(() => {}, 1e6);`,
      );
      const engine = spawn(process.execPath, [parent], { stdio: "ignore" });
      let pid = 0;
      await until("it hangs", async () => (pid = Number(await readFile(pidFile, "utf8").catch(() => 0))) > 0);
      await sleep(300);
      assert.ok(isProcessAlive(pid));
      engine.kill("SIGKILL");
      try {
        await until("it is gone", () => !isProcessAlive(pid));
      } finally {
        if (isProcessAlive(pid)) process.kill(pid, "SIGKILL");
      }
    });
  });

  describe("work for a pause", () => {
    it("begins when nothing was asked for the time, and is done once", async () => {
      let runs = 0;
      const idle = new ProbeWhenIdle(40, () => Promise.resolve(++runs > 0), throwIt);
      for (let i = 0; i < 5; i++) {
        await sleep(15);
        idle.asked();
      }
      assert.equal(runs, 0);
      await until("it ran", () => runs === 1);
      idle.asked();
      await sleep(120);
      assert.equal(runs, 1);
      await idle.end();
    });
    it("is called off by a request, and tried again in the next pause", async () => {
      const control: AbortSignal[] = [];
      const work = (signal: AbortSignal): Promise<boolean> => {
        control.push(signal);
        return new Promise((resolve) => signal.addEventListener("abort", () => resolve(false)));
      };
      const idle = new ProbeWhenIdle(30, work, throwIt);
      await until("it runs", () => control.length === 1);
      idle.asked();
      assert.ok(control[0]!.aborted);
      await until("it runs again", () => control.length === 2);
      await idle.end();
      assert.ok(control[1]!.aborted);
      await sleep(100);
      assert.equal(control.length, 2);
    });
    it("that fails is told, and not tried again", async () => {
      const errors: unknown[] = [];
      let runs = 0;
      const idle = new ProbeWhenIdle(
        10,
        () => Promise.reject(new Error(`full ${++runs}`)),
        (error) => errors.push(error),
      );
      await until("it failed", () => errors.length === 1);
      idle.asked();
      await sleep(60);
      assert.equal(runs, 1);
      await idle.end();
    });
  });

  describe("an engine", () => {
    const start = (options: Partial<GpuOptions>) =>
      ProbedGpu.atStart({
        directory: prepared.directory,
        fingerprint: fingerprint(prepared.model),
        threads: 1,
        storeDirectory: folder,
        idleMs: 20,
        list: () => Promise.resolve({ version: "1", providers: ["cuda", "webgpu"] }),
        onLog: (line) => logs.push(line),
        ...options,
      });
    const write = (verdict: Verdict): Promise<void> => writeFile(file.path, JSON.stringify(verdict));
    const fast = () =>
      program("fast", `report(request.provider === "webgpu" ? { rows8Ms: { cpu: 30, provider: 10 } } : { refusal: "no device" })`);

    /** Probes, and gives the verdict. */
    async function probed(): Promise<Verdict> {
      const first = await start({ program: await fast() });
      assert.equal(first?.toUse, undefined);
      await until("a verdict", async () => (await file.read()) !== undefined);
      await first?.end();
      return (await file.read())!;
    }

    it("probes in a pause; the next one takes what was found, and says so while it does", async () => {
      const verdict = await probed();
      assert.deepEqual([verdict.provider, verdict.found["cuda"]], ["webgpu", "no device"]);
      assert.match(logs.join(), /from the next start on computes webgpu \(cuda: no device; webgpu: 8 rows take 10.0 ms/);
      const second = await start({});
      assert.equal(second?.toUse?.provider, "webgpu");
      assert.equal((await file.read())?.usedBy, process.pid);
      await second.end();
      assert.deepEqual(await file.read(), verdict);
    });
    it("probes anew where the file is garbage", async () => {
      await writeFile(file.path, "{ not JSON");
      assert.equal((await probed()).provider, "webgpu");
    });
    it("takes the CPU from the first failure on, and the next one too", async () => {
      await probed();
      const second = await start({});
      await second!.toUse!.onFailure(new Error("device lost\nat driver"));
      assert.equal(second?.toUse, undefined);
      await second?.end();
      assert.equal((await start({}))?.toUse, undefined);
      assert.deepEqual([(await file.read())?.provider, (await file.read())?.found["webgpu"]], ["cpu", "it failed in use: device lost"]);
    });
    it("takes the CPU where the one before died with the GPU, for good", async () => {
      const dead = spawn(process.execPath, ["-e", ""]);
      await new Promise((resolve) => dead.once("exit", resolve));
      await write({ ...(await probed()), usedBy: dead.pid! });
      assert.equal((await start({}))?.toUse, undefined);
      assert.deepEqual([(await file.read())?.provider, (await file.read())?.usedBy], ["cpu", undefined]);
    });
    it("takes the CPU where it cannot write down that it takes the GPU", async () => {
      const verdict = await probed();
      await write(verdict);
      // Something in the way of the file that it writes first.
      const inTheWay = `${file.path}.${process.pid}`;
      await mkdir(inTheWay);
      try {
        assert.equal((await start({}))?.toUse, undefined);
        assert.match(logs.join(), /no GPU is used or probed: .*EISDIR/);
      } finally {
        await rm(inTheWay, { recursive: true });
      }
    });
    it("calls a probe off when something is asked", async () => {
      const gpu = await start({ program: await program("long", `setTimeout(() => report({}), 50)`), idleMs: 200 });
      for (let i = 0; i < 10; i++) {
        await sleep(100);
        gpu?.asked();
      }
      assert.equal(await file.read(), undefined);
      await gpu?.end();
    });
    it("neither takes nor probes a GPU where UNMASK_PROVIDER is cpu, and refuses other words", async () => {
      await probed();
      const earlier = process.env["UNMASK_PROVIDER"];
      try {
        process.env["UNMASK_PROVIDER"] = "cpu";
        assert.equal(await start({}), undefined);
        process.env["UNMASK_PROVIDER"] = "gpu";
        await assert.rejects(start({}), (error) => error instanceof EngineError && /UNMASK_PROVIDER is "gpu"/.test(error.message));
      } finally {
        if (earlier === undefined) delete process.env["UNMASK_PROVIDER"];
        else process.env["UNMASK_PROVIDER"] = earlier;
      }
    });

    it("that is told to take a provider that does not open answers from the CPU, really, and so does the next", async function () {
      // CUDA's library does not come with onnxruntime-node.
      if (!(await listProviders()).providers.includes("cuda")) return this.skip();
      await write({ ...(await probedReally()), provider: "cuda" });
      const model = await loadModel(prepared.directory, 1);
      try {
        assert.equal(model.runtime.provider, undefined);
        const control = { signal: never, arrivedAtMs: performance.now() };
        assert.ok((await model.infill(request({ prefix: "def add(a, b):\n    return ", suffix: "\n", maxTokens: 8 }), control)).passes > 0);
      } finally {
        await model.dispose();
      }
      assert.equal((await file.read())?.provider, "cpu");
      assert.match((await file.read())?.found["cuda"] ?? "", /^it failed in use: /);
    });

    /** A verdict of the real runtime's version: its probe's process is a fake one. */
    async function probedReally(): Promise<Verdict> {
      const gpu = await start({ program: await fast(), list: listProviders });
      await until("a verdict", async () => (await file.read()) !== undefined);
      await gpu?.end();
      return (await file.read())!;
    }
  });
});
