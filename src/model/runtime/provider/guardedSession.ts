import type { InferenceSession } from "onnxruntime-node";

/** What the engine needs of a session. */
export type RunningSession = Pick<InferenceSession, "run" | "release" | "endProfiling">;

/**
 * A session on a GPU provider. The first pass that fails is run again on the CPU, and so are all that follow: a pass has no state but its inputs.
 * A pass that never ends is not its business: the client kills an engine that is silent, and the verdict then says that it died.
 */
export class GuardedSession {
  #fallen = false;

  constructor(
    private session: RunningSession,
    private readonly openOnCpu: () => Promise<RunningSession>,
    private readonly onFailure: (cause: unknown) => Promise<void>,
  ) {}

  /** @throws what the CPU throws */
  async run(feeds: InferenceSession.OnnxValueMapType): Promise<InferenceSession.OnnxValueMapType> {
    if (this.#fallen) return this.session.run(feeds);
    try {
      return await this.session.run(feeds);
    } catch (cause) {
      const broken = this.session;
      this.#fallen = true;
      await this.onFailure(cause);
      this.session = await this.openOnCpu();
      // What a broken driver says to its release is no news.
      await broken.release().catch(() => undefined);
      return this.session.run(feeds);
    }
  }

  release(): Promise<void> {
    return this.session.release();
  }

  endProfiling(): void {
    this.session.endProfiling();
  }
}
