import type { DenoisingStep } from "../../src/backends/infiller";

/** The certain text of a step behind the cursor: what a suggestion may show of it already. @param prefix the request's; the step begins with its last line */
export function certainText(step: DenoisingStep, prefix: string): string {
  const open = step.cells.findIndex(({ state }) => state === "masked" || state === "drafted" || state === "remasked");
  const text = (open < 0 ? step.cells : step.cells.slice(0, open)).map((cell) => cell.text).join("");
  const head = prefix.slice(prefix.lastIndexOf("\n") + 1);
  // A head that is longer than the canvas shows begins somewhere within.
  for (let from = 0; from <= head.length; from++) if (text.startsWith(head.slice(from))) return text.slice(head.length - from);
  return "";
}
