import { keep, type Filter } from "./filter";

/** Takes off blanks at an answer's end where nothing follows in the line: nobody sees them, and editors and linters remove them. */
export const cutTrailingSpace: Filter = (text, { after }) => {
  const isBlank = text.trim() === "";
  return isBlank || after.split("\n", 1)[0]!.trim() !== "" ? keep(text) : keep(text.trimEnd());
};
