/** Whether a bracket is the first thing a line closes. */
export function beginsWithCloser(line: string): boolean {
  return /^\s*[)\]}]/.test(line);
}
