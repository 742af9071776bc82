import { join, sep } from "node:path";
import { setImmediate as pause, setTimeout as wait } from "node:timers/promises";
import { LocalInfiller } from "../../src/backends/local";
import type { DenoisingStep, Infill } from "../../src/backends/infiller";
import { Completer } from "../../src/completion/completer";
import type { CompletionQuery } from "../../src/completion/completionQuery";
import type { NoSuggestion, Suggestion } from "../../src/completion/outcome";
import { RecordedInfiller } from "../../src/completion/recordedInfiller";
import type { DeskRequest } from "../../src/completion/requestDesk";
import { readContext, type LineSource } from "../../src/context/readContext";
import { EngineClient } from "../../src/engine/client";
import { EngineSupervisor } from "../../src/engine/supervisor";
import { SyntaxTrees } from "../../src/region/syntaxTrees";
import { TraceRecorder } from "../../src/trace/recording";
import type { TracedEditor } from "./typingTrace";

const root = join(__dirname, "../..");

export interface PipelineOptions {
  readonly modelDirectory: string;
  /** Absent: the built engine. */
  readonly engineEntry?: string;
  /** 0 or absent: the engine chooses */
  readonly threads?: number;
  readonly deadlineMs?: number;
  readonly onLog?: (line: string) => void;
  /** Sees every request to the engine begin; what it returns sees the steps and the end. */
  readonly watch?: (request: DeskRequest) => RequestWatcher;
}

export interface RequestWatcher {
  onStep(step: DenoisingStep): void;
  onEnd(infill: Infill | undefined): void;
}

/** The extension's own parts behind its provider, put together as `activate` does, without VS Code: for replays. Needs a build. */
export class Pipeline {
  readonly supervisor: EngineSupervisor;
  readonly completer: Completer;
  private readonly trees: SyntaxTrees;
  private readonly versions: number[] = [];

  constructor(private readonly options: PipelineOptions) {
    const log = options.onLog ?? (() => undefined);
    this.supervisor = new EngineSupervisor({
      createClient: () =>
        new EngineClient({
          entry: options.engineEntry ?? join(root, "dist/engine.cjs"),
          modelDirectory: options.modelDirectory,
          threads: options.threads ?? 0,
          onLog: log,
        }),
      onLog: log,
    });
    const infiller = new RecordedInfiller(new LocalInfiller(this.supervisor), new TraceRecorder());
    this.trees = new SyntaxTrees({
      directory: join(root, "dist/grammars") + sep,
      nowMs: () => performance.now(),
      pause: () => pause(),
      onError: (error) => log(String(error)),
    });
    this.completer = new Completer({
      ask: async (request, signal, onStep) => {
        const watcher = options.watch?.(request);
        let infill: Infill | undefined;
        try {
          infill = await infiller.infill(request.infill, request.place, {
            signal,
            deadlineMs: request.deadlineMs,
            onStep: (step) => {
              watcher?.onStep(step);
              onStep(step);
            },
          });
          return infill;
        } finally {
          watcher?.onEnd(infill);
        }
      },
      nowMs: () => performance.now(),
      sleep: (ms, signal) => wait(ms, undefined, { signal }).catch(() => undefined),
    });
  }

  /** Asks for a suggestion where the cursor is, as VS Code does after a keystroke. @param signal aborts with the next one */
  complete(editor: TracedEditor, signal: AbortSignal): Promise<Suggestion | NoSuggestion> {
    return this.completer.complete(this.query(editor), signal);
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
    const lines = text.split("\n");
    const source: LineSource = { lineCount: lines.length, lineText: (index) => lines[index]! };
    const around = readContext(source, { line, character });
    const version = (this.versions[editor.document] = (this.versions[editor.document] ?? 0) + 1);
    const syntax = this.trees.at(
      { id: name, languageId, version, lineCount: lines.length, length: () => text.length, text: () => text },
      () => editor.cursor,
      character,
    );
    return {
      document: name,
      place: { file: name, line: line + 1 },
      languageId,
      before: around.before,
      after: around.after,
      lineBefore: lines[line]!.slice(0, character),
      lineAfter: lines[line]!.slice(character),
      invoked: false,
      syntax,
      settings: {
        sampler: "verified",
        blockSize: undefined,
        maxTokens: 96,
        deadlineMs: this.options.deadlineMs ?? 1_500,
        multiline: "auto",
        comments: true,
      },
    };
  }
}
