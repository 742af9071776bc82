/**
 * The line of a process's last words that says what happened: the last that names an error, else the last that is no
 * decoration (Node prints stack frames, a caret and its version after the message).
 * @param lines newest last
 * @returns trimmed; undefined where nothing was said
 */
export function tellingLine(lines: readonly string[]): string | undefined {
  const spoken = lines.map((line) => line.trim()).filter((line) => /[\p{L}\p{N}]/u.test(line));
  return spoken.findLast((line) => ERROR.test(line)) ?? spoken.findLast((line) => !DECORATION.test(line));
}

const ERROR = /^(Uncaught )?\w*(Error|Exception)\b.*: \S/;
const DECORATION = /^(at |Node\.js v\d|code: |throw |node:internal\/)/;
