import { drop, keep, type Filter } from "./filter";

/** Drops what would show nothing. */
export const dropOnlyWhiteSpace: Filter = (text) => {
  if (text === "") return drop("empty");
  return text.trim() === "" ? drop("onlyWhiteSpace") : keep(text);
};
