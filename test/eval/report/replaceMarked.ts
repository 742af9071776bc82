import { EvalError } from "../evalError";

const BEGIN = "<!-- eval:begin -->";
const END = "<!-- eval:end -->";

/**
 * The text with something else between its markers, and nothing else changed.
 * @param file for the error only
 * @throws EvalError noMarkers where one is missing, there twice, or the end comes first
 */
export function replaceMarked(text: string, between: string, file: string): string {
  const place = (marker: string): number => {
    const at = text.indexOf(marker);
    if (at >= 0 && text.indexOf(marker, at + 1) < 0) return at;
    throw new EvalError({ kind: "noMarkers", file, marker: at < 0 ? marker : `single ${marker}` });
  };
  const [begin, end] = [place(BEGIN), place(END)];
  if (end < begin) throw new EvalError({ kind: "noMarkers", file, marker: `${END} behind its ${BEGIN}` });
  return `${text.slice(0, begin + BEGIN.length)}\n\n${between.trim()}\n\n${text.slice(end)}`;
}
