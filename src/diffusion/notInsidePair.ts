/** `index`, or one more where it would tear a surrogate pair of `text` apart. @param index UTF-16, in [0, text.length] */
export function notInsidePair(text: string, index: number): number {
  const left = text.charCodeAt(index - 1);
  const right = text.charCodeAt(index);
  const torn = left >= 0xd800 && left < 0xdc00 && right >= 0xdc00 && right < 0xe000;
  return torn ? index + 1 : index;
}
