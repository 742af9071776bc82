import type { ConsentRequest } from "../model/store/baseSource";
import type { ModelOutcome } from "../model/store/ensureModel";
import type { OnStoreProgress, StoreProgress } from "../model/store/storeProgress";

/** What there is of a model, for the status item. */
export type ModelState =
  /** not looked for yet */
  | { readonly kind: "unknown" }
  /** the user was not asked to the end, does not want it fetched, or stopped it */
  | { readonly kind: "missing" }
  | { readonly kind: "getting"; readonly progress: StoreProgress }
  | { readonly kind: "have"; readonly directory: string }
  /** one sentence that says what to do */
  | { readonly kind: "failed"; readonly message: string };

/** Who wants the model: the user by a command, or Unmask of its own accord. */
export type Wish = "user" | "background";

export interface ModelKeeperParts {
  /** Folder that a setting or a variable names; it is taken as it is. */
  readonly namedDirectory: () => string | undefined;
  readonly ensure: (
    ask: (request: ConsentRequest) => Promise<boolean>,
    onProgress: OnStoreProgress,
    signal: AbortSignal,
  ) => Promise<ModelOutcome>;
  readonly ask: (request: ConsentRequest, wish: Wish) => Promise<boolean>;
  /** Called while the model is got; what it returns ends with it. `cancel` stops the getting. */
  readonly showGetting: (cancel: () => void) => { report(progress: StoreProgress): void; end(): void };
  /** A failure, as a sentence. Never throws: the state must not stay at "getting". */
  readonly explain: (error: unknown) => string;
  /** Deletes a prepared model of the store. */
  readonly discard: (directory: string) => Promise<void>;
  /** Notes that a prepared folder is in use. */
  readonly markUsed: (directory: string) => void;
}

/** Finds or gets the model, once for all who want it, and remembers how that went. */
export class ModelKeeper {
  private current: ModelState = { kind: "unknown" };
  private getting: Promise<string | undefined> | undefined;
  private controller = new AbortController();
  /** The look whose question is open. */
  private asking: AbortController | undefined;
  private hasLookedAnew = false;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly parts: ModelKeeperParts) {}

  get state(): ModelState {
    return this.current;
  }

  /** Folder of the model, if it was found. */
  get directory(): string | undefined {
    return this.current.kind === "have" ? this.current.directory : undefined;
  }

  /**
   * Folder for an engine that starts now, noted as used: the store removes what nobody used for long, and a window may stay open for weeks.
   * @returns "" where none was found, which the engine answers by `modelMissing`
   */
  directoryForEngine(): string {
    const { directory = "" } = this;
    if (directory !== "") this.parts.markUsed(directory);
    return directory;
  }

  onState(listener: () => void): void {
    this.listeners.add(listener);
  }

  /**
   * The prepared model's folder; undefined where there is none, and the state says why. What failed or was refused is tried again only
   * when the user wishes so: a keystroke must not start a download that was declined.
   */
  async get(wish: Wish): Promise<string | undefined> {
    if (this.current.kind === "have") return this.current.directory;
    // VS Code hides a question after some seconds: who wishes now must see one.
    if (wish === "user" && this.asking === this.controller) this.reset();
    if (this.getting !== undefined) return this.getting;
    if (wish === "background" && this.current.kind !== "unknown") return undefined;
    const getting = this.find(wish).finally(() => {
      if (this.getting === getting) this.getting = undefined;
    });
    this.getting = getting;
    return getting;
  }

  /**
   * The engine found no model in the folder that was found here: somebody deleted it. Looks anew without being asked, once until an engine has loaded
   * the model again; more often it would be a loop. Not where a setting names the folder: that is the user's own.
   * @returns the folder that is there now; undefined where the user has to see to it
   */
  async lookAnew(): Promise<string | undefined> {
    const { directory } = this;
    if (directory === undefined || this.hasLookedAnew || directory === this.parts.namedDirectory()) return undefined;
    this.hasLookedAnew = true;
    this.reset();
    return this.get("background");
  }

  /** An engine has loaded the model. */
  markLoaded(): void {
    this.hasLookedAnew = false;
  }

  /** Forgets what was found: a setting that names the model changed. */
  reset(): void {
    this.controller.abort();
    this.controller = new AbortController();
    this.getting = undefined;
    this.set({ kind: "unknown" });
  }

  /**
   * Deletes what turned out to be damaged, so that the next look makes it anew.
   * @returns false where a setting names the folder: that is the user's own
   */
  async discard(): Promise<boolean> {
    const { directory } = this;
    if (directory === undefined) return true;
    if (directory === this.parts.namedDirectory()) return false;
    await this.parts.discard(directory);
    this.reset();
    return true;
  }

  dispose(): void {
    this.controller.abort();
    this.listeners.clear();
  }

  private async find(wish: Wish): Promise<string | undefined> {
    const { parts } = this;
    const named = parts.namedDirectory();
    if (named !== undefined) {
      this.set({ kind: "have", directory: named });
      return named;
    }
    const { controller } = this;
    let shown: ReturnType<ModelKeeperParts["showGetting"]> | undefined;
    const onProgress = (progress: StoreProgress): void => {
      if (controller.signal.aborted) return;
      shown ??= parts.showGetting(() => controller.abort());
      shown.report(progress);
      this.set({ kind: "getting", progress });
    };
    const ask = async (request: ConsentRequest): Promise<boolean> => {
      if (this.controller !== controller) return false;
      this.asking = controller;
      this.set({ kind: "missing" });
      try {
        return await parts.ask(request, wish);
      } finally {
        if (this.asking === controller) this.asking = undefined;
      }
    };
    try {
      const outcome = await parts.ensure(ask, onProgress, controller.signal);
      if (this.controller !== controller) return undefined;
      this.set(outcome.kind === "ready" ? { kind: "have", directory: outcome.directory } : { kind: "missing" });
    } catch (error) {
      if (this.controller === controller) this.set({ kind: "failed", message: parts.explain(error) });
    } finally {
      shown?.end();
      if (this.controller === controller && controller.signal.aborted) this.controller = new AbortController();
    }
    return this.directory;
  }

  private set(state: ModelState): void {
    this.current = state;
    for (const listener of this.listeners) listener();
  }
}
