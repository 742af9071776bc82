import { existsSync } from "node:fs";
import { arch, cpus, hostname, platform } from "node:os";
import { join } from "node:path";
import { EngineError } from "../backends/engineError";
import { firstLineOf } from "../model/runtime/firstLineOf";
import { listProviders } from "../model/runtime/provider/listProviders";
import type { ProviderToUse } from "../model/runtime/provider/openOnProvider";
import { chooseProvider, type Verdict } from "../model/runtime/provider/verdict";
import { VerdictFile } from "../model/runtime/provider/verdictFile";
import { isProcessAlive } from "../model/isProcessAlive";
import type { ProbeReport } from "./probeMessages";
import { probeProvider, type ProbeProgram } from "./probeProvider";
import { probeVerdict } from "./probeVerdict";
import { ProbeWhenIdle } from "./probeWhenIdle";

const IDLE_MS = 60_000;

export interface GpuOptions {
  /** of the prepared model */
  readonly directory: string;
  /** of the prepared model: `fingerprint` */
  readonly fingerprint: string;
  readonly threads: number;
  /** where the verdict lies */
  readonly storeDirectory: string;
  /** Absent: dist/probe.cjs; where there is none (a clone that runs from its sources) nothing is probed. */
  readonly program?: ProbeProgram;
  readonly idleMs?: number;
  /** Absent: onnxruntime-node's. */
  readonly list?: typeof listProviders;
  readonly onLog?: (line: string) => void;
}

/**
 * What one engine does about GPU providers: takes the one that an earlier engine's probe found to be faster and right, or probes when nobody asks
 * for anything, for the next start. The verdict names its user while it is in use, so that an engine that dies of it is the last one that does.
 */
export class ProbedGpu {
  #verdict: Verdict | undefined;
  #whenIdle: ProbeWhenIdle | undefined;
  #inUse = false;

  private constructor(
    private readonly options: GpuOptions,
    private readonly file: VerdictFile,
    private readonly key: string,
  ) {}

  /** @throws EngineError engineWontStart where UNMASK_PROVIDER is neither "cpu" nor empty */
  static async atStart(options: GpuOptions): Promise<ProbedGpu | undefined> {
    const forced = process.env["UNMASK_PROVIDER"];
    if (forced && forced !== "cpu")
      throw new EngineError({ kind: "engineWontStart", detail: `UNMASK_PROVIDER is "${forced}", and can only be "cpu"` });
    if (forced === "cpu" || process.env["UNMASK_RUNTIME"] === "web") return undefined;
    // Where the library is missing, the runtime's choice says so.
    const known = await (options.list ?? listProviders)().catch(() => undefined);
    if (known === undefined || known.providers.length === 0) return undefined;
    const key = [hostname(), platform(), arch(), cpus()[0]?.model ?? "", known.version, options.fingerprint].join(" | ");
    const gpu = new ProbedGpu(options, new VerdictFile(options.storeDirectory, options.fingerprint), key);
    await gpu.#start(known.providers).catch((error: unknown) => gpu.#log(`no GPU is used or probed: ${firstLineOf(error)}`));
    return gpu;
  }

  /** The provider to open the model on; undefined: the CPU. */
  get toUse(): ProviderToUse | undefined {
    if (!this.#inUse) return undefined;
    const { provider } = this.#verdict!;
    return { provider, onFailure: (cause) => this.#refuse(provider, `it failed in use: ${firstLineOf(cause)}`) };
  }

  /** A request came: a probe that runs is called off. */
  asked(): void {
    this.#whenIdle?.asked();
  }

  /** The orderly end. */
  async end(): Promise<void> {
    await this.#whenIdle?.end();
    if (this.#inUse) await this.#write(this.#verdict!.provider, this.#verdict!.found);
    this.#inUse = false;
  }

  async #start(providers: readonly string[]): Promise<void> {
    this.#verdict = await this.file.read();
    const choice = chooseProvider(this.#verdict, this.key, isProcessAlive);
    if (choice.kind === "died") await this.#refuse(choice.provider, "the engine died while it used it");
    if (choice.kind === "probe") this.#probeLater(providers);
    if (choice.kind !== "provider") return;
    // First, so that where this can't be written down nothing is used that may end the engine again and again.
    await this.file.write({ ...this.#verdict!, usedBy: process.pid });
    this.#inUse = true;
  }

  #probeLater(providers: readonly string[]): void {
    const { directory, threads, idleMs = IDLE_MS, program = { entry: join(__dirname, "probe.cjs") } } = this.options;
    if (!existsSync(program.entry)) return;
    const probe = async (signal: AbortSignal): Promise<boolean> => {
      const reports: Record<string, ProbeReport> = {};
      for (const provider of providers) {
        const report = await probeProvider(program, { directory, provider, threads }, signal);
        if (report === undefined) return false;
        reports[provider] = report;
      }
      const verdict = probeVerdict(this.key, reports);
      await this.file.write(verdict);
      const found = Object.entries(verdict.found).map(([name, what]) => `${name}: ${what}`);
      this.#log(`probed; from the next start on computes ${verdict.provider} (${found.join("; ")})`);
      return true;
    };
    this.#whenIdle = new ProbeWhenIdle(idleMs, probe, (error) => this.#log(`the probe failed: ${firstLineOf(error)}`));
  }

  /** From now on the CPU, in later starts too. */
  async #refuse(provider: string, why: string): Promise<void> {
    this.#inUse = false;
    this.#log(`${provider}: ${why}; the CPU carries on`);
    await this.#write("cpu", { ...this.#verdict?.found, [provider]: why });
  }

  /** What can't be written leaves the file as it was: it names a user that is gone, and the next start takes the CPU. */
  async #write(provider: string, found: Verdict["found"]): Promise<void> {
    await this.file
      .write({ key: this.key, provider, found })
      .catch((error: unknown) => this.#log(`${this.file.path} cannot be written: ${firstLineOf(error)}`));
  }

  #log(what: string): void {
    this.options.onLog?.(`GPU: ${what}.`);
  }
}
