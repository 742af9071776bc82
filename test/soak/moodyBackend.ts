import { EngineError, type EngineFailure } from "../../src/backends/engineError";
import type { CanvasCell, DenoisingStep, Infill, InfillEnd } from "../../src/backends/infiller";
import type { AskBackend, AskBranches } from "../../src/completion/requestDesk";
import { hostileText } from "./hostileText";
import type { VirtualTime } from "./virtualTime";

const FAILURES: readonly EngineFailure[] = [
  { kind: "engineDied", detail: "ended by SIGKILL" },
  { kind: "engineWontStart", detail: "exit code 1" },
  { kind: "engineKeepsDying", times: 4, detail: "ended by SIGSEGV" },
  { kind: "modelMissing", directory: "/gone" },
  { kind: "modelDamaged", file: "/model.onnx", detail: "it is no graph" },
  { kind: "badRequest", detail: "it has no prefix" },
];
const ENDS: readonly InfillEnd[] = ["end", "suffix", "line", "length", "deadline"];

const LONE_SURROGATE = /\p{Surrogate}/gu;

/** A backend that keeps the contract of `infiller.ts`, and nothing beyond it: it says anything at any time, or fails, or waits until it is called off. */
export class MoodyBackend {
  asked = 0;
  /** promises that were given out and are not settled yet */
  open = 0;

  constructor(
    private readonly time: VirtualTime,
    private readonly random: () => number,
  ) {}

  readonly ask: AskBackend = (request, signal, onStep) => {
    const { random, time } = this;
    this.asked += 1;
    this.open += 1;
    const { prefix, suffix } = request.infill;
    const text = this.text(prefix, suffix, request.infill.region === "line");
    const mood = random();
    const afterMs = random() < 0.1 ? request.deadlineMs + 1_000 * random() : 400 * random() ** 2;
    return new Promise<Infill>((resolve, reject) => {
      let isSettled = false;
      const settle = (how: () => void): void => {
        if (isSettled) return;
        isSettled = true;
        this.open -= 1;
        how();
      };
      const fail = (): void => settle(() => reject(new EngineError(this.pick(FAILURES))));
      const answer = (ended: InfillEnd): void => settle(() => resolve(this.infill(this.headOf(text, ended), ended)));
      for (let step = 1, count = Math.floor(4 * random()); step <= count; step++)
        // One that is called off or has answered may send steps that were on their way.
        time.after((afterMs * step) / (count + 1), () => onStep(this.step(text, step)));
      const ignoresAbort = random() < 0.2;
      signal.addEventListener("abort", () => {
        if (mood < 0.05) time.after(50 * random(), fail);
        else if (!ignoresAbort || mood >= 0.9) time.after(random() < 0.5 ? 0 : 1_000 * random(), () => answer("aborted"));
      });
      if (mood < 0.15) time.after(afterMs, fail);
      else if (mood < 0.9) time.after(afterMs, () => answer(this.pick(ENDS)));
      // Else it answers only when it is called off.
    });
  };

  /** Branches are moody together: the first one's mood is all of theirs. */
  readonly askBranches: AskBranches = async (request, heads, signal) => {
    const infill = await this.ask(request, signal, () => undefined);
    return heads.map(() => infill);
  };

  private text(prefix: string, suffix: string, isLine: boolean): string {
    const { random } = this;
    const lines = prefix.split("\n");
    const candidates = [
      () => "",
      () => " ".repeat(5 * random()),
      () => "value + 1;",
      () => 'run("x");',
      () => suffix.slice(0, 60 * random()),
      () => suffix.trimStart().slice(0, 200),
      () => lines.at(-2) ?? "",
      () => prefix.slice(-40 * random()),
      () => `{\n  ${hostileText(random, 2)}\n}`,
      () => hostileText(random, 1 + 6 * random()),
      () => `${hostileText(random, 3)}\n${suffix.slice(0, 80)}`,
      () => "a".repeat(3_000 * random()),
    ];
    // As the contract says: whole characters, `\n` line ends, and one line where one is asked for.
    const text = this.pick(candidates)().replace(/\r\n?/g, "\n").replace(LONE_SURROGATE, "\ufffd");
    return isLine ? text.split("\n", 1)[0]! : text;
  }

  private headOf(text: string, ended: InfillEnd): string {
    return ended === "aborted" || ended === "deadline"
      ? text.slice(0, text.length * this.random() * 0.9).replace(LONE_SURROGATE, "\ufffd")
      : text;
  }

  private step(text: string, pass: number): DenoisingStep {
    const cell = (state: CanvasCell["state"], cellText: string): CanvasCell => ({
      state,
      text: cellText,
      confidence: 0.5,
      alternatives: [],
    });
    const known = text.slice(0, text.length * this.random());
    const states = ["revealed", "revealed", "drafted", "masked", "remasked", "tail"] as const;
    const pieces = known.match(/[^]{1,4}/g) ?? [];
    const clamped = this.random() < 0.3 ? [cell("clamped", "x")] : [];
    return {
      pass,
      atMs: pass,
      cells: [...clamped, ...pieces.slice(0, 40).map((piece) => cell(this.pick(states), piece)), cell("masked", "")],
    };
  }

  private infill(text: string, ended: InfillEnd): Infill {
    const times = { queuedMs: 0, prefillMs: 5, denoiseMs: 40, totalMs: 45 };
    const counts = { passes: 3, prefillTokens: 4, cachedTokens: 0, writtenTokens: 9 };
    return { text, tokens: [], ...counts, times, ended, fits: this.random() < 0.6, model: "moody" };
  }

  private pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.random() * from.length)]!;
  }
}
