/**
 * A text's definitions, and a line that defines a name by a language server's word. A line that does not hold the name says nothing: it is a module's beginning, or
 * the text has changed. Pure.
 * @param line zero-based
 * @returns the same map where nothing is new; else the name is defined in that line alone: which of several is meant, the server knows
 */
export function declaredAt(
  definitions: ReadonlyMap<string, readonly number[]>,
  text: string,
  name: string,
  line: number,
): ReadonlyMap<string, readonly number[]> {
  const start = lineStart(text, line);
  if (start === undefined || definitions.get(name)?.includes(start) === true) return definitions;
  const end = text.indexOf("\n", start);
  const written = text.slice(start, end < 0 ? undefined : end);
  return written.match(/\w+/g)?.includes(name) === true ? new Map([...definitions, [name, [start]]]) : definitions;
}

/** @returns the offset of a line's first character; undefined where there is no such line */
function lineStart(text: string, line: number): number | undefined {
  let start = 0;
  for (let count = 0; count < line; count++) {
    const end = text.indexOf("\n", start);
    if (end < 0) return undefined;
    start = end + 1;
  }
  return start;
}
