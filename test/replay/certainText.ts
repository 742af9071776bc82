import type { DenoisingStep } from "../../src/backends/infiller";

/** The certain text of a step behind the typed head: what a suggestion may show of it already. */
export function certainText({ cells }: DenoisingStep): string {
  const open = cells.findIndex(({ state }) => state !== "clamped" && state !== "revealed");
  return (open < 0 ? cells : cells.slice(0, open))
    .filter(({ state }) => state === "revealed")
    .map(({ text }) => text)
    .join("");
}
