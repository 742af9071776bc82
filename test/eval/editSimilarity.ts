import { distance } from "fastest-levenshtein";

/** 1 − Levenshtein distance / the longer one's length, in [0, 1]; 1 for the same text, and for two empty ones. In UTF-16 units. */
export function editSimilarity(a: string, b: string): number {
  const longer = Math.max(a.length, b.length);
  return longer === 0 ? 1 : 1 - distance(a, b) / longer;
}
