/** A place in a document: both from 0, the character in UTF-16 units. */
export interface Place {
  readonly line: number;
  readonly character: number;
}

/** Where a text ends that begins at a place. @param text `\n` line ends */
export function placeAfter({ line, character }: Place, text: string): Place {
  const lines = text.split("\n");
  const last = lines.at(-1)!.length;
  return { line: line + lines.length - 1, character: lines.length === 1 ? character + last : last };
}
