import type { Fork } from "./forks";
import type { SureToken } from "./gate/sureToken";
import type { NoSuggestionReason } from "./outcome";
import { typeThrough, type Answered, type Rest } from "./typeThrough";

export interface CachedAnswer extends Answered {
  /** the document and all settings that the answer depends on */
  readonly key: string;
  readonly kind: "line" | "lines";
  /** as far as they spell `text` */
  readonly tokens: readonly SureToken[];
  /** other ways it could have gone, best first */
  readonly forks: readonly Fork[];
  /** Up to this UTF-16 offset in `text` it has been on the screen. */
  readonly shownChars: number;
  /** whether the model ended its line behind `text`: no filter has cut it */
  readonly endsLine: boolean;
  /** whether the answer leads into the rest of its line */
  readonly fits: boolean;
  /** Time was up: `text` is the head that was certain by then. To be asked again where it says nothing new. */
  readonly isPartial: boolean;
  /** why `text` is empty */
  readonly dropped?: NoSuggestionReason;
}

export interface CacheHit {
  readonly rest: Rest;
  readonly answer: CachedAnswer;
}

/** The last answers, newest first. Values never change. */
export class CompletionCache {
  private readonly answers: CachedAnswer[] = [];

  constructor(private readonly capacity = 100) {}

  /** Puts an answer in front; an older one for the same place goes. */
  put(answer: CachedAnswer): void {
    const same = this.answers.findIndex(
      (old) => old.key === answer.key && old.kind === answer.kind && old.before === answer.before && old.after === answer.after,
    );
    if (same >= 0) this.answers.splice(same, 1);
    this.answers.unshift(answer);
    if (this.answers.length > this.capacity) this.answers.pop();
  }

  /**
   * What a known answer still says at this place; the newest that fits is moved to the front.
   * An answer that was empty hits only exactly where it was made: there the model is not asked again.
   * One that is partial serves while it is typed, and where it was made only who waited for it.
   * @param wanted "lines" takes no answer that ends with its line, unless the user is typing it
   * @param isAnswered whether the request for this place has just ended, so that a partial answer is all there is
   */
  find(key: string, before: string, after: string, wanted: "line" | "lines", isAnswered = false): CacheHit | undefined {
    for (const [index, answer] of this.answers.entries()) {
      if (answer.key !== key) continue;
      const exact = answer.before === before && answer.after === after;
      if (exact && wanted === "lines" && answer.kind === "line") continue;
      const rest = exact ? { text: answer.text, addedClosers: 0 } : typeThrough(answer, before, after);
      if (rest === undefined) continue;
      if (answer.isPartial && ((exact && !isAnswered) || rest.text.trim() === "")) continue;
      this.answers.splice(index, 1);
      this.answers.unshift(answer);
      return { rest, answer };
    }
    return undefined;
  }

  /** Whether an answer has been written to its end, where the model ended the line: asked again, it would say nothing more. */
  isWritten(key: string, before: string, after: string): boolean {
    return this.answers.some(
      (answer) =>
        answer.endsLine &&
        answer.key === key &&
        answer.after === after &&
        before.length === answer.before.length + answer.text.length &&
        before.startsWith(answer.before) &&
        before.endsWith(answer.text),
    );
  }

  /** Forgets all that is known for a place. */
  forget(key: string, before: string, after: string): void {
    const kept = this.answers.filter(
      (answer) =>
        answer.key !== key || !((answer.before === before && answer.after === after) || typeThrough(answer, before, after) !== undefined),
    );
    this.answers.splice(0, Infinity, ...kept);
  }

  /** The answer was shown up to here, in UTF-16 units of its text. */
  noteShown(answer: CachedAnswer, shownChars: number): void {
    const at = this.answers.indexOf(answer);
    if (at >= 0 && shownChars > answer.shownChars) this.answers[at] = { ...answer, shownChars };
  }

  clear(): void {
    this.answers.length = 0;
  }
}
