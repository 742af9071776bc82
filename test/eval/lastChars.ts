import { notInsidePair } from "../../src/diffusion/notInsidePair";

/** The text's end, as in a file that has just been begun: at most so many UTF-16 units, no half of a pair. @param count absent: all of it */
export function lastChars(text: string, count = Infinity): string {
  return count < text.length ? text.slice(notInsidePair(text, text.length - count)) : text;
}
