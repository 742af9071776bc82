/** Columns of a line's leading white space; a tab reaches to the next multiple of four. */
export function indentWidth(line: string): number {
  let width = 0;
  for (const character of line) {
    if (character === " ") width++;
    else if (character === "\t") width = (Math.floor(width / 4) + 1) * 4;
    else break;
  }
  return width;
}
