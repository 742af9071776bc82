import { putLast } from "./putLast";

/** Answers that are held at once. */
const MOST_HELD = 500;

interface Held<T> {
  readonly answer: Promise<T>;
  /** Infinity until it is there */
  untilMs: number;
}

/** Answers by key that hold for a while: nothing is asked twice meanwhile, nor while it is being answered. Pure but for what `ask` does. */
export class HeldAnswers<T> {
  private readonly held = new Map<string, Held<T>>();

  /** @param holdsMs how long an answer holds from when it is there */
  constructor(
    private readonly nowMs: () => number,
    private readonly holdsMs: (answer: T) => number,
  ) {}

  /** @param ask called where no answer is held, with the last one, which holds no more. One that rejects is not held */
  get(key: string, ask: (last: Promise<T> | undefined) => Promise<T>): Promise<T> {
    const known = this.held.get(key);
    if (known !== undefined && known.untilMs > this.nowMs()) return known.answer;
    const held: Held<T> = { answer: ask(known?.answer), untilMs: Infinity };
    putLast(this.held, key, held, MOST_HELD);
    held.answer.then(
      (answer) => (held.untilMs = this.nowMs() + this.holdsMs(answer)),
      () => (held.untilMs = -Infinity),
    );
    return held.answer;
  }

  clear(): void {
    this.held.clear();
  }
}
