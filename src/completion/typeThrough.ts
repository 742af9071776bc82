import { isSubsequence } from "./isVisible";

/** An answer and the place it was made for. */
export interface Answered {
  readonly before: string;
  readonly after: string;
  readonly text: string;
}

/** What is left of an answer. */
export interface Rest {
  readonly text: string;
  /** Closers that the editor has set after the cursor since, which `text` writes too. */
  readonly addedClosers: number;
}

const CLOSERS = /^[)\]}>"'`]+/;

/**
 * What is left of an answer after the user typed its head; undefined where they typed something else, moved, or nothing is left.
 * VS Code's own closing brackets, set after the cursor while their opening ones were typed, do not count as a change.
 */
export function typeThrough(answer: Answered, before: string, after: string): Rest | undefined {
  if (!before.startsWith(answer.before)) return undefined;
  const typed = before.slice(answer.before.length);
  if (!answer.text.startsWith(typed) || answer.text.length === typed.length) return undefined;
  const text = answer.text.slice(typed.length);
  const addedClosers = after === answer.after ? 0 : closersAdded(answer, typed, text, after);
  return addedClosers === undefined ? undefined : { text, addedClosers };
}

/** How many closers stand in front of what the answer's `after` was; undefined where `after` differs in any other way. */
function closersAdded(answer: Answered, typed: string, rest: string, after: string): number | undefined {
  const closers = CLOSERS.exec(after)?.[0] ?? "";
  for (let count = 1; count <= Math.min(closers.length, typed.length); count++) {
    const old = after.slice(count);
    // The window after the cursor is of a fixed length: its end may have lost as many characters as the closers took.
    if (answer.after.startsWith(old) && answer.after.length - old.length <= count) {
      return isSubsequence(closers.slice(0, count), rest) ? count : undefined;
    }
  }
  return undefined;
}
