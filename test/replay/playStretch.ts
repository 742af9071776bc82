import type { Infill, InfillRequest } from "../../src/backends/infiller";
import { acceptedText, type Habit } from "./decideKey";
import type { Key } from "./keyCounts";
import type { Pipeline } from "./pipeline";
import type { TypedStretch } from "./typedStretch";

/** One answer of the backend, and what the person saw of it. */
export interface Answered {
  readonly request: InfillRequest;
  readonly infill: Infill;
  /** What was taken to be typed before: the next line is asked for ahead of its Enter. "": the answer is of the key's own place. */
  readonly ahead: string;
}

/** A keystroke, what was shown after it or why nothing was, what follows in the file, and the answers that were asked for. */
export interface PlayedKey extends Key {
  readonly reason: string | undefined;
  readonly following: string;
  readonly answers: readonly Answered[];
}

/**
 * Types a stretch keystroke by keystroke; each waits for its suggestion, so that what is counted does not depend on how quick the machine is.
 * The first key is the Enter that begins the stretch.
 * @param takeAnswers gives the answers since it was last called
 */
export async function playStretch(
  pipeline: Pipeline,
  begun: TypedStretch,
  { path, language }: { readonly path: string; readonly language: string },
  habit: Habit,
  takeAnswers: () => readonly Omit<Answered, "ahead">[],
): Promise<PlayedKey[]> {
  const keys: PlayedKey[] = [];
  let stretch = begun;
  let [written, accepted] = ["\n", false];
  for (;;) {
    const outcome = await pipeline.completeAt(stretch.place(path, language), new AbortController().signal);
    // VS Code's inline suggestions replace what stands behind the cursor too; here nothing but blanks does
    const shown = outcome.kind === "suggestion" ? outcome.insertText : undefined;
    const reason = outcome.kind === "none" ? outcome.reason : undefined;
    if (reason === "engineFailed") throw new Error(`The engine failed in ${path}.`);
    await pipeline.settled();
    const { rest, following, head } = stretch;
    const answers = takeAnswers().map((answer) => ({ ...answer, ahead: aheadOf(answer.request.prefix, head) }));
    keys.push({ written, accepted, shown, reason, rest, following, answers, asked: answers.length });
    if (stretch.isDone) return keys;
    const taken = shown === undefined ? undefined : acceptedText(shown, rest, habit);
    accepted = taken !== undefined;
    written = taken ?? stretch.nextKey;
    stretch = stretch.with(written);
  }
}

/** How much of a prefix stands behind what is there: both lost their front to a window of their own. */
function aheadOf(prefix: string, head: string): string {
  const lastLine = head.slice(head.lastIndexOf("\n"));
  return prefix.endsWith(lastLine) ? "" : prefix.slice(prefix.lastIndexOf("\n"));
}
