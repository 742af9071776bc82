/** How much of a suggestion the person takes: none, all of it or nothing, or its next word where not all is right. */
export type Habit = "typed" | "accept" | "words";

/** A right suggestion shorter than this is typed: Tab would save nothing. */
const LEAST_CHARS = 2;

/** Whether a suggestion is what follows, up to its own end; white space at its end does not count. One that goes on after the stretch repeats what is there. */
export function isRight(shown: string, rest: string): boolean {
  return rest.startsWith(shown.trimEnd());
}

/**
 * What the person takes of what is shown with one key, as it is written; undefined: the next character is typed.
 * @param rest what the person is about to write
 */
export function acceptedText(shown: string, rest: string, habit: Habit): string | undefined {
  if (habit === "typed") return undefined;
  const whole = shown.trimEnd();
  if (whole.length >= LEAST_CHARS && isRight(shown, rest)) return whole;
  if (habit === "accept") return undefined;
  const word = firstWord(whole);
  // less indentation than there is to be: Enter brings all of it
  if (/\n[ \t]*$/.test(word) && /^[ \t]/.test(rest.slice(word.length))) return undefined;
  return word.length >= LEAST_CHARS && rest.startsWith(word) ? word : undefined;
}

/** What "Accept Next Word" takes: up to the next word's begin, at a word's begin the word, and never beyond white space. */
export function firstWord(text: string): string {
  const word = /[\p{L}\p{N}_$]+/u.exec(text);
  const end = word === null ? text.length : word.index === 0 ? word[0].length : word.index;
  const space = /\s+/.exec(text);
  return text.slice(0, space === null ? end : Math.min(end, space.index + space[0].length));
}
