import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Tensor } from "onnxruntime-node";
import { EngineError } from "../backends/engineError";
import type { Branches, BranchRows, Denoiser } from "../diffusion/denoiser";
import { BranchStore } from "./branchStore";
import { damaged } from "./damaged";
import { KvCache } from "./kvCache";
import { KvCaches } from "./kvCaches";
import { attentionBias, positionsOf, wantedRows } from "./passInputs";
import { GRAPH_FILE, type PreparedModel } from "./preparedModel";
import { loadRuntime } from "./runtime/loadRuntime";
import type { RunningSession } from "./runtime/provider/guardedSession";
import { openOnProvider, type ProviderToUse } from "./runtime/provider/openOnProvider";
import type { RuntimeInUse, RuntimeOptions } from "./runtime/runtime";

export interface SessionOptions extends RuntimeOptions {
  /** "node" or "web": only this runtime. Absent: what the environment's UNMASK_RUNTIME says, else the fastest that works. */
  readonly runtime?: string;
  /** Absent, or where the native runtime does not compute: the CPU. */
  readonly gpu?: ProviderToUse | undefined;
}

/** The prepared model in onnxruntime: a Denoiser with its KV caches. One pass at a time; each blocks the thread, hence a process of its own. */
export class Session implements Denoiser {
  private readonly caches: KvCaches;

  private constructor(
    private readonly ort: RunningSession,
    private readonly makeTensor: typeof Tensor,
    private readonly model: PreparedModel,
    readonly runtime: RuntimeInUse,
  ) {
    this.caches = new KvCaches(() => new KvCache(model.layers, model.kvHeads * model.headSize));
  }

  /** @throws EngineError engineWontStart where no runtime works, modelDamaged where it refuses the graph */
  static async open(directory: string, model: PreparedModel, { runtime: forced, gpu, ...options }: SessionOptions): Promise<Session> {
    const { runtime, inUse } = await loadRuntime(options, { forced });
    const onGpu = gpu && (await openOnProvider(runtime, directory, gpu));
    if (onGpu) return new Session(onGpu, runtime.Tensor, model, { ...inUse, provider: gpu.provider });
    const session = await runtime.openFolder(directory).catch((cause: unknown) => {
      throw damaged(join(directory, GRAPH_FILE), message(cause), cause);
    });
    return new Session(session, runtime.Tensor, model, inUse);
  }

  get cached(): readonly number[] {
    return this.cache.tokens;
  }

  /** Tokens in all caches that are kept. */
  get keptTokens(): number {
    return this.caches.tokens;
  }

  recall(context: readonly number[], lasting: number): void {
    this.caches.recall(context, lasting);
  }

  truncate(length: number): void {
    this.cache.truncate(length);
  }

  async forward(clean: readonly number[], block: readonly number[], rows: readonly number[]): Promise<readonly Float32Array[]> {
    if (clean.length + block.length === 0) return [];
    const { logits, added } = await this.pass([], [{ branch: 0, clean, block, rows }]);
    if (clean.length > 0) this.cache.append(clean, added);
    await nextTurn(); // lets the process read aborts and newer requests between two passes
    return logits[0]!;
  }

  branchOff(): Branches {
    const store = new BranchStore(this.cache);
    return {
      forward: async (passes) => {
        const { logits, added } = await this.pass(store.owners, passes);
        store.append(passes, added);
        await nextTurn();
        return logits;
      },
      truncate: (branch, length) => store.truncate(branch, length),
    };
  }

  /**
   * Runs rows over the cached ones and those behind them.
   * @param kept of each of the rows behind the cached ones, the branch it belongs to
   * @returns the wanted rows' logits by pass, and each layer's new keys and values of all rows, [R,G,D]
   */
  private async pass(
    kept: readonly number[],
    passes: readonly BranchRows[],
  ): Promise<{ readonly logits: readonly (readonly Float32Array[])[]; readonly added: readonly Float32Array[] }> {
    const { layers, kvHeads, headSize, vocabularySize, contextLength } = this.model;
    const perGroup = this.model.heads / kvHeads;
    const cached = this.cache.length;
    const past = cached + kept.length;
    const tokens = passes.flatMap(({ clean, block }) => [...clean, ...block]);
    const positions = positionsOf(cached, kept, passes);
    const needed = 1 + Number(positions.reduce((most, position) => (position > most ? position : most)));
    if (needed > contextLength)
      throw new EngineError({ kind: "badRequest", detail: `${needed} tokens, the model has room for ${contextLength}` });
    const wanted = wantedRows(passes);
    const Tensor = this.makeTensor;
    const headRows = wanted.length > 0 ? wanted : [0]; // the graph can't quantise zero rows
    const feeds: Record<string, Tensor> = {
      tokens: new Tensor("int64", BigInt64Array.from(tokens, BigInt), [tokens.length]),
      positions: new Tensor("int64", positions, [1, tokens.length]),
      attention_bias: new Tensor("float32", attentionBias(cached, kept, passes, perGroup), [
        tokens.length * perGroup,
        past + tokens.length,
      ]),
      head_rows: new Tensor("int64", BigInt64Array.from(headRows, BigInt), [headRows.length]),
    };
    for (let i = 0; i < layers; i++) {
      feeds[`past_key_${i}`] = new Tensor("float32", this.cache.view(2 * i, kept.length), [past, kvHeads, headSize]);
      feeds[`past_value_${i}`] = new Tensor("float32", this.cache.view(2 * i + 1, kept.length), [past, kvHeads, headSize]);
    }
    const results = await this.ort.run(feeds);
    const data = (name: string) => results[name]!.data as Float32Array;
    const added = Array.from({ length: 2 * layers }, (_, index) => data(`new_${index % 2 === 0 ? "key" : "value"}_${index >> 1}`));
    const all = data("logits");
    let next = 0;
    const logits = passes.map(({ rows }) => rows.map(() => all.subarray(next * vocabularySize, ++next * vocabularySize)));
    return { logits, added };
  }

  private get cache(): KvCache {
    return this.caches.current;
  }

  /** Writes the profile that `profileInto` asked for. */
  endProfile(): void {
    this.ort.endProfiling();
  }

  async dispose(): Promise<void> {
    await this.ort.release();
  }
}

function message(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
