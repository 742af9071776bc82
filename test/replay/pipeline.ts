import { join, sep } from "node:path";
import { setImmediate as pause, setTimeout as wait } from "node:timers/promises";
import { LocalInfiller } from "../../src/backends/local";
import type { DenoisingStep, Infill, Infiller } from "../../src/backends/infiller";
import { Completer } from "../../src/completion/completer";
import { LearnedGate } from "../../src/completion/gate/learnedGate";
import type { CompletionQuery, CompletionSettings } from "../../src/completion/completionQuery";
import type { Outcome } from "../../src/completion/outcome";
import { RecordedInfiller } from "../../src/completion/recordedInfiller";
import type { DeskRequest } from "../../src/completion/requestDesk";
import { EngineClient } from "../../src/engine/client";
import type { RestartLimits } from "../../src/engine/restartPolicy";
import { EngineSupervisor } from "../../src/engine/supervisor";
import { SyntaxTrees } from "../../src/region/syntaxTrees";
import { TraceRecorder } from "../../src/trace/recording";
import { placeQuery, type EditedPlace } from "./placeQuery";
import type { TracedEditor } from "./typingTrace";

const root = join(__dirname, "../..");

export interface PipelineOptions {
  readonly modelDirectory: string;
  /** Absent: the built engine. */
  readonly engineEntry?: string;
  /** 0 or absent: the engine chooses */
  readonly threads?: number;
  readonly deadlineMs?: number;
  /** Settings other than the replay's own. */
  readonly settings?: Partial<CompletionSettings>;
  /** What answers, made of the engine's infiller or without it. Absent: the engine's. */
  readonly backend?: (local: Infiller) => Infiller;
  /** Nothing depends on how quick the machine is: no wait ahead of a request, and every place is parsed. */
  readonly timeless?: boolean;
  /** When an engine that dies again and again stays down. Absent: as the extension has it. */
  readonly limits?: RestartLimits;
  /** Sees every engine before it is started. */
  readonly onEngine?: (engine: EngineClient) => void;
  readonly onLog?: (line: string) => void;
  /** Sees every request to the engine begin; what it returns sees the steps and the end. */
  readonly watch?: (request: DeskRequest) => RequestWatcher;
}

export interface RequestWatcher {
  onStep(step: DenoisingStep): void;
  /** @param error why there is no infill */
  onEnd(infill: Infill | undefined, error?: unknown): void;
}

/** The extension's own parts behind its provider, put together as `activate` does, without VS Code: for replays. Needs a build. */
export class Pipeline {
  readonly supervisor: EngineSupervisor;
  readonly completer: Completer;
  private readonly trees: SyntaxTrees;
  private readonly versions = new Map<string, number>();
  private readonly running = new Set<Promise<unknown>>();

  constructor(private readonly options: PipelineOptions) {
    const log = options.onLog ?? (() => undefined);
    this.supervisor = new EngineSupervisor({
      ...(options.limits && { limits: options.limits }),
      createClient: () => {
        const engine = new EngineClient({
          entry: options.engineEntry ?? join(root, "dist/engine.cjs"),
          modelDirectory: options.modelDirectory,
          threads: options.threads ?? 0,
          onLog: log,
        });
        options.onEngine?.(engine);
        return engine;
      },
      onLog: log,
    });
    const local = new LocalInfiller(this.supervisor);
    const infiller = new RecordedInfiller(options.backend?.(local) ?? local, new TraceRecorder());
    this.trees = new SyntaxTrees({
      directory: join(root, "dist/grammars") + sep,
      nowMs: () => (options.timeless === true ? 0 : performance.now()),
      pause: () => pause(),
      onError: (error) => log(String(error)),
    });
    this.completer = new Completer({
      ask: async (request, signal, onStep) => {
        const watcher = options.watch?.(request);
        try {
          const work = infiller.infill(request.infill, request.place, {
            signal,
            deadlineMs: request.deadlineMs,
            onStep: (step) => {
              watcher?.onStep(step);
              onStep(step);
            },
          });
          this.running.add(work);
          const infill = await work.finally(() => this.running.delete(work));
          watcher?.onEnd(infill);
          return infill;
        } catch (error) {
          watcher?.onEnd(undefined, error);
          throw error;
        }
      },
      askBranches: async ({ infill, deadlineMs }, heads, signal) => {
        const work = infiller.infillBranches(infill, heads, { signal, deadlineMs });
        this.running.add(work);
        return await work.finally(() => this.running.delete(work));
      },
      readAhead: (request) => void local.readAhead(request).catch((error: unknown) => log(String(error))),
      learnedSureness: () => new LearnedGate({ read: () => undefined, write: () => undefined }).leastSureness,
      nowMs: () => performance.now(),
      sleep: (ms, signal) => (options.timeless === true ? pause() : wait(ms, undefined, { signal }).catch(() => undefined)),
    });
  }

  /** Asks for a suggestion where the cursor is, as VS Code does after a keystroke. @param signal aborts with the next one */
  complete(editor: TracedEditor, signal: AbortSignal): Promise<Outcome> {
    return this.completer.complete(this.query(editor), signal);
  }

  /** The same in any document. */
  completeAt(place: EditedPlace, signal: AbortSignal): Promise<Outcome> {
    return this.completer.complete(this.queryAt(place), signal);
  }

  /** Tells that the cursor rests, as the extension does after a jump. */
  rest(editor: TracedEditor): void {
    this.completer.rest(this.query(editor));
  }

  /** Resolves when nothing is asked any more, ahead of the next key neither. */
  async settled(): Promise<void> {
    while (this.running.size > 0) {
      await Promise.allSettled(this.running);
      await pause();
    }
  }

  /** Whether a place's syntax tree is there; where it is not, it is made meanwhile. */
  isParsed(place: EditedPlace): boolean {
    return this.queryAt(place).syntax !== undefined;
  }

  async dispose(): Promise<void> {
    this.completer.reset();
    this.trees.dispose();
    await this.supervisor.dispose();
  }

  private query(editor: TracedEditor): CompletionQuery {
    const { name, languageId } = editor.trace.documents[editor.document]!;
    const text = editor.texts[editor.document]!;
    const before = text.slice(0, editor.cursor);
    const line = before.split("\n").length - 1;
    const character = editor.cursor - (before.lastIndexOf("\n") + 1);
    return this.queryAt({ document: name, languageId, lines: text.split("\n"), line, character });
  }

  private queryAt(place: EditedPlace): CompletionQuery {
    const { document, languageId, lines, line, character } = place;
    const version = (this.versions.get(document) ?? 0) + 1;
    this.versions.set(document, version);
    const lengthOf = (some: readonly string[]): number => some.reduce((sum, one) => sum + one.length + 1, -1);
    const syntax = this.trees.at(
      { id: document, languageId, version, lineCount: lines.length, length: () => lengthOf(lines), text: () => lines.join("\n") },
      () => lengthOf(lines.slice(0, line)) + 1 + character,
      character,
    );
    return {
      ...placeQuery(place),
      syntax,
      settings: {
        sampler: "verified",
        blockSize: undefined,
        maxTokens: 96,
        leastSureness: undefined,
        deadlineMs: this.options.deadlineMs ?? 1_500,
        multiline: "auto",
        comments: true,
        strings: true,
        trigger: "automatic",
        ...this.options.settings,
      },
    };
  }
}
