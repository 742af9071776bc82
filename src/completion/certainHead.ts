import type { DenoisingStep } from "../backends/infiller";

/**
 * The region's head that is certain: what is revealed behind the typed head. A token that spells the typed head's end and goes on is two cells.
 * @returns undefined where nothing is, or its end is half a character
 */
export function certainHead({ cells }: DenoisingStep): string | undefined {
  const from = cells.findIndex(({ state }) => state !== "clamped");
  if (from < 0) return undefined;
  const end = cells.findIndex(({ state }, at) => at >= from && state !== "revealed");
  const text = cells
    .slice(from, end < 0 ? cells.length : end)
    .map((cell) => cell.text)
    .join("");
  return text === "" || text.includes("\uFFFD") ? undefined : text;
}
