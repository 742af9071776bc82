const MARKS = { slashes: /^(?:\/\/|\/\*|\*)/, hash: /^#/ } as const;

/** Which lines hold code: not blank, and not in a comment or a doc string. A line's first characters decide, as a reader's eye does. */
export function codeLines(lines: readonly string[], languageId: string): boolean[] {
  const isPython = languageId === "python";
  const mark = isPython ? MARKS.hash : MARKS.slashes;
  const [open, close] = isPython ? [/"""|'''/g, /"""|'''/g] : [/\/\*/g, /\*\//g];
  const count = (line: string, of: RegExp): number => line.match(of)?.length ?? 0;
  let inside = false;
  return lines.map((line) => {
    const text = line.trim();
    const wasInside = inside;
    if (isPython) inside = inside !== (count(text, open) % 2 === 1);
    else inside = inside ? count(text, close) === 0 : text.startsWith("/*") && count(text, close) === 0;
    return text !== "" && !wasInside && !inside && !mark.test(text) && !(isPython && /^[rf]?("""|''')/.test(text));
  });
}
