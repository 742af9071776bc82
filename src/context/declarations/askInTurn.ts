/** All questions of one look, together. */
const LIMIT_MS = 1_000;
/** A language whose server failed, or did not answer in time, is left alone so long; each time twice as long. */
const FIRST_PAUSE_MS = 30_000;
const LONGEST_PAUSE_MS = 30 * 60_000;

export interface TurnParts {
  readonly nowMs: () => number;
  /** resolves after that time, or when the signal says so */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

export interface Turn<Answer> {
  readonly names: readonly string[];
  /** may throw, reject, or never settle */
  readonly question: (name: string) => PromiseLike<Answer>;
  /** is called for late answers too */
  readonly answered: (name: string, answer: Answer) => void;
  /** asked before each question */
  readonly mayGoOn: () => boolean;
}

/** Asks a language's server about one name after the other, and leaves one alone that hangs or fails. */
export class AskInTurn {
  private readonly pauses = new Map<string, { readonly failures: number; readonly untilMs: number }>();
  private readonly asking = new Set<string>();

  constructor(private readonly parts: TurnParts) {}

  /** Whether the language's server may be asked now. */
  mayAsk(language: string): boolean {
    return !this.asking.has(language) && this.parts.nowMs() >= (this.pauses.get(language)?.untilMs ?? -Infinity);
  }

  /** Ends when all is answered, or the time is over; at once where the server may not be asked. Never rejects because of a question. */
  async ask<Answer>(language: string, turn: Turn<Answer>): Promise<void> {
    if (!this.mayAsk(language)) return;
    this.asking.add(language);
    const ended = new AbortController();
    const over = this.parts.sleep(LIMIT_MS, ended.signal).then(() => "late" as const);
    try {
      for (const name of turn.names) {
        if (!turn.mayGoOn()) return;
        if ((await Promise.race([this.one(language, name, turn), over])) === "answered") continue;
        this.pause(language);
        return;
      }
    } finally {
      ended.abort();
      this.asking.delete(language);
    }
  }

  private async one<Answer>(language: string, name: string, { question, answered }: Turn<Answer>): Promise<"answered" | "failed"> {
    let answer: Answer;
    try {
      answer = await question(name);
    } catch {
      // Whatever a server throws is its own log's to tell; here it means that it cannot answer now.
      return "failed";
    }
    // A late answer too shows that the server is there: it may have been starting.
    this.pauses.delete(language);
    answered(name, answer);
    return "answered";
  }

  private pause(language: string): void {
    const failures = (this.pauses.get(language)?.failures ?? 0) + 1;
    const ms = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1));
    this.pauses.set(language, { failures, untilMs: this.parts.nowMs() + ms });
  }
}
