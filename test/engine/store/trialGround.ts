import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { build } from "esbuild";
import type { Manifest } from "../../../src/model/manifest";
import type { PreparedModel } from "../../../src/model/preparedModel";
import { sha256OfFile } from "../../../src/model/sha256OfFile";
import { FileServer } from "../../unit/model/store/fileServer";
import { FIXTURES, tinyManifest } from "../model/tinyModels";
import type { FaultPlan, Operation } from "./faultPlan";
import type { Trial } from "./trialOptions";
import type { Ended } from "./wantModel";

const ROOT = path.join(__dirname, "../../..");
/** Older than `FORGOTTEN_AFTER_MS`. */
const LONG_AGO = new Date(Date.now() - 40 * 24 * 60 * 60_000);

/** A process that wants the model. */
export interface Wanting {
  readonly child: ChildProcess;
  /** undefined where it was killed */
  readonly ended: Promise<Ended | undefined>;
}

/** A tiny model that a hub on the loopback has, and programs that want it, bundled as what ships is. */
export class TrialGround {
  private stores = 0;

  private constructor(
    readonly root: string,
    readonly manifest: Manifest,
    readonly hub: FileServer,
  ) {}

  static async open(): Promise<TrialGround> {
    const root = await mkdtemp(path.join(tmpdir(), "unmask-trials-"));
    const bundle = (source: string, name: string) =>
      build({
        entryPoints: [path.join(ROOT, source)],
        outfile: path.join(root, `${name}.cjs`),
        ...{ bundle: true, platform: "node", target: "node20", format: "cjs", keepNames: true },
      });
    await bundle("src/model/store/prepareProcess.ts", "prepare");
    await bundle("test/engine/store/wantModel.ts", "want");
    await bundle("test/engine/store/injectFaults.ts", "inject");
    const base = await readFile(path.join(FIXTURES, "tiny-qwen2.gguf"));
    const modelFolder = path.join(root, "model");
    await mkdir(modelFolder);
    const adapter = path.join(modelFolder, "tiny-adapter.safetensors");
    await copyFile(path.join(FIXTURES, "tiny-adapter.safetensors"), adapter);
    const tiny = tinyManifest("tiny-qwen2");
    const manifest: Manifest = {
      ...tiny,
      base: {
        ...tiny.base,
        bytes: base.length,
        sha256: await sha256OfFile(path.join(FIXTURES, "tiny-qwen2.gguf")),
        hub: { repository: "a/b", revision: "0".repeat(40), file: "tiny.gguf" },
      },
      adapter: { file: path.basename(adapter), bytes: (await stat(adapter)).size, sha256: await sha256OfFile(adapter) },
    };
    await writeFile(path.join(modelFolder, "manifest.json"), JSON.stringify(manifest));
    return new TrialGround(root, manifest, await FileServer.start(base));
  }

  async close(): Promise<void> {
    await this.hub.stop();
    await rm(this.root, { recursive: true, force: true });
  }

  /** A store of its own. */
  async trial(): Promise<Trial> {
    const folder = path.join(this.root, `store-${++this.stores}`);
    await mkdir(folder);
    return {
      modelFolder: path.join(this.root, "model"),
      store: path.join(folder, "unmask"),
      home: path.join(folder, "home"),
      hubOrigin: this.hub.origin,
      prepareEntry: path.join(this.root, "prepare.cjs"),
    };
  }

  /** Starts a process under a plan of faults. */
  want(trial: Trial, plan: FaultPlan): Wanting {
    const preload = ["--require", path.join(this.root, "inject.cjs")];
    const child = spawn(
      process.execPath,
      [...preload, path.join(this.root, "want.cjs"), JSON.stringify({ ...trial, execArgv: preload } satisfies Trial)],
      { stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, UNMASK_FAULT_PLAN: JSON.stringify(plan) } },
    );
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
    const ended = once(child, "close").then(([code]) => {
      if (code === 0) return JSON.parse(text) as Ended;
      assert.equal(child.signalCode, "SIGKILL", `ended with ${String(code)} ${child.signalCode}`);
      return undefined;
    });
    return { child, ended };
  }

  /** What was done so far under a plan. */
  async journal({ journal }: FaultPlan): Promise<Operation[]> {
    const text = await readFile(journal, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return "";
      throw error;
    });
    const lines = text.split("\n").slice(0, -1);
    return lines.map((line) => JSON.parse(line) as Operation);
  }

  /** A prepared folder of the same model that an Unmask of long ago made. */
  async putOldPrepared({ store }: Trial): Promise<void> {
    const folder = path.join(store, "prepared", `${this.manifest.name}-v1-${"ab".repeat(8)}`);
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, "model.onnx"), "old");
    const files = { "model.onnx": { bytes: 3, sha256: "" } };
    await this.rememberAsOld(folder, { version: 1, name: this.manifest.name, source: "ab".repeat(32), files });
  }

  /** Writes a folder's prepared.json as if it were of long ago. */
  async rememberAsOld(folder: string, prepared: Partial<PreparedModel>): Promise<void> {
    const file = path.join(folder, "prepared.json");
    await writeFile(file, JSON.stringify(prepared));
    await utimes(file, LONG_AGO, LONG_AGO);
  }

  /** Every file and folder of the store with the sha256 of what it holds. */
  async contents({ store }: Trial): Promise<Record<string, string>> {
    const all: Record<string, string> = {};
    for (const entry of await readdir(store, { recursive: true, withFileTypes: true })) {
      const full = path.join(entry.parentPath, entry.name);
      all[path.relative(store, full)] = entry.isDirectory() ? "folder" : await sha256OfFile(full);
    }
    return all;
  }

  /** No half-made file has a final name: whatever bears one is, byte for byte, what it should be. */
  async assertFinalNamesWhole(trial: Trial): Promise<void> {
    const contents = await this.contents(trial).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return {};
      throw error;
    });
    for (const [name, sha256] of Object.entries(contents)) {
      if (/^(base|prepared|lock|lock\.takeover|tmp-[^/]+(\/.*)?|base\/.*\.part(\.etag)?)$/.test(name)) continue;
      if (name.startsWith("base/")) assert.equal(sha256, this.manifest.base.sha256, name);
      else if (/^prepared\/[^/]+$/.test(name)) await this.assertPreparedWhole(path.join(trial.store, name));
      else assert.match(name, /^prepared\/[^/]+\/[^/]+$/, "an unexpected name");
    }
  }

  private async assertPreparedWhole(folder: string): Promise<void> {
    const prepared = JSON.parse(await readFile(path.join(folder, "prepared.json"), "utf8")) as PreparedModel;
    assert.deepEqual((await readdir(folder)).sort(), [...Object.keys(prepared.files), "prepared.json"].sort());
    if (prepared.version === 1) return; // stands for one of long ago
    for (const [name, { sha256 }] of Object.entries(prepared.files))
      assert.equal(await sha256OfFile(path.join(folder, name)), sha256, name);
  }
}
