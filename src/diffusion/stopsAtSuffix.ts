/**
 * Where an answer goes on exactly as the file does after the region: its last line's tail, a line break, and the file through the next line that holds something.
 * @param answer bytes written so far
 * @param fileBytes UTF-8 of that stretch of the file; empty where nothing follows, which no answer can match
 * @returns the index of its first byte in the answer, or -1
 */
export function stopsAtSuffix(answer: readonly number[], fileBytes: Uint8Array): number {
  if (fileBytes.length === 0) return -1;
  for (let at = 0; at + fileBytes.length <= answer.length; at++) {
    if (fileBytes.every((byte, i) => answer[at + i] === byte)) return at;
  }
  return -1;
}
