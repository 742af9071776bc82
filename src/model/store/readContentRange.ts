/** `bytes FIRST-LAST/TOTAL` of a 206 answer (RFC 9110, 14.4). `total` is undefined for `*`. Undefined where it is not that. */
export function readContentRange(header: string | null): { first: number; last: number; total: number | undefined } | undefined {
  const parts = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15}|\*)$/.exec(header?.trim() ?? "");
  if (parts === null) return undefined;
  const [first, last] = [Number(parts[1]), Number(parts[2])];
  return last < first ? undefined : { first, last, total: parts[3] === "*" ? undefined : Number(parts[3]) };
}
