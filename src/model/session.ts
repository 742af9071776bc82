import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Tensor } from "onnxruntime-node";
import { EngineError } from "../backends/engineError";
import type { Denoiser } from "../diffusion/denoiser";
import { damaged } from "./damaged";
import { KvCache } from "./kvCache";
import { KvCaches } from "./kvCaches";
import { attentionBias, positionsFrom } from "./passInputs";
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
    const { layers, kvHeads, headSize, vocabularySize } = this.model;
    const perGroup = this.model.heads / kvHeads;
    const cached = this.cache.length;
    const count = clean.length + block.length;
    if (count === 0) return [];
    if (cached + count > this.model.contextLength)
      throw new EngineError({ kind: "badRequest", detail: `${cached + count} tokens, the model has room for ${this.model.contextLength}` });
    const Tensor = this.makeTensor;
    const headRows = rows.length > 0 ? rows : [0]; // the graph can't quantise zero rows
    const feeds: Record<string, Tensor> = {
      tokens: new Tensor("int64", BigInt64Array.from([...clean, ...block], BigInt), [count]),
      positions: new Tensor("int64", positionsFrom(cached, count), [1, count]),
      attention_bias: new Tensor("float32", attentionBias(cached, clean.length, block.length, perGroup), [
        count * perGroup,
        cached + count,
      ]),
      head_rows: new Tensor("int64", BigInt64Array.from(headRows, BigInt), [headRows.length]),
    };
    for (let i = 0; i < layers; i++) {
      feeds[`past_key_${i}`] = new Tensor("float32", this.cache.view(2 * i), [cached, kvHeads, headSize]);
      feeds[`past_value_${i}`] = new Tensor("float32", this.cache.view(2 * i + 1), [cached, kvHeads, headSize]);
    }
    const results = await this.ort.run(feeds);
    const data = (name: string) => results[name]!.data as Float32Array;
    if (clean.length > 0) {
      const added = Array.from({ length: 2 * layers }, (_, index) => data(`new_${index % 2 === 0 ? "key" : "value"}_${index >> 1}`));
      this.cache.append(clean, added);
    }
    const logits = data("logits");
    await nextTurn(); // lets the process read aborts and newer requests between two passes
    return rows.map((_, index) => logits.subarray(index * vocabularySize, (index + 1) * vocabularySize));
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
