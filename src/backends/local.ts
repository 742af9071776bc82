import { performance } from "node:perf_hooks";
import { emptyInfill } from "../engine/emptyInfill";
import type { EngineClient } from "../engine/client";
import type { EngineSupervisor } from "../engine/supervisor";
import type { BranchOptions, Infill, Infiller, InfillOptions, InfillRequest } from "./infiller";

/** Fills by the engine on this machine. A call that comes while the engine loads waits for it, no longer than its deadline. */
export class LocalInfiller implements Infiller {
  #newest = new AbortController();

  constructor(private readonly supervisor: EngineSupervisor) {}

  async infill(request: InfillRequest, { onStep, ...options }: InfillOptions = {}): Promise<Infill> {
    const [infill] = await this.#ask(1, options, async (client, left) => [
      await client.infill(request, { ...left, ...(onStep && { onStep }) }),
    ]);
    return infill!;
  }

  infillBranches(request: InfillRequest, heads: readonly string[], options: BranchOptions = {}): Promise<readonly Infill[]> {
    return this.#ask(heads.length, options, (client, left) => client.infillBranches(request, heads, left));
  }

  /** Asks the engine, once it is ready, for `count` infills. Ends what was asked before. @throws EngineError */
  async #ask(
    count: number,
    options: BranchOptions,
    send: (client: EngineClient, left: BranchOptions) => Promise<readonly Infill[]>,
  ): Promise<readonly Infill[]> {
    this.#newest.abort();
    const own = (this.#newest = new AbortController());
    const signal = options.signal ? AbortSignal.any([own.signal, options.signal]) : own.signal;
    const startedAtMs = performance.now();
    const client = await this.#untilReady(signal, options.deadlineMs);
    const waitedMs = performance.now() - startedAtMs;
    if (typeof client === "string") return Array.from({ length: count }, () => emptyInfill(client, "", waitedMs));
    const leftMs = options.deadlineMs === undefined ? undefined : Math.max(0, options.deadlineMs - waitedMs);
    const infills = await this.supervisor.thinking(send(client, { signal, ...(leftMs !== undefined && { deadlineMs: leftMs }) }));
    return infills.map((infill) => {
      const { queuedMs, totalMs } = infill.times;
      return { ...infill, times: { ...infill.times, queuedMs: queuedMs + waitedMs, totalMs: totalMs + waitedMs } };
    });
  }

  /** Lets the engine read the request's context, where it may soon be asked for; only an engine that is loaded and idle does. @throws EngineError */
  async readAhead(request: InfillRequest): Promise<void> {
    if (this.supervisor.state.kind !== "ready") return;
    const client = await this.supervisor.ready();
    await client.readAhead(request);
  }

  /** @returns the engine, or why the call waits for it no longer */
  #untilReady(signal: AbortSignal, deadlineMs: number | undefined): Promise<EngineClient | "aborted" | "deadline"> {
    return new Promise((resolve, reject) => {
      const onAbort = (): void => resolve("aborted");
      if (signal.aborted) return onAbort();
      signal.addEventListener("abort", onAbort, { once: true });
      const timer = deadlineMs === undefined ? undefined : setTimeout(() => resolve("deadline"), deadlineMs);
      this.supervisor
        .ready()
        .then(resolve, reject)
        .finally(() => {
          clearTimeout(timer);
          signal.removeEventListener("abort", onAbort);
        });
    });
  }
}
