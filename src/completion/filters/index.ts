import { cutPresentSuffix } from "./cutPresentSuffix";
import { cutLoop } from "./cutLoop";
import { cutTrailingSpace } from "./cutTrailingSpace";
import { dropEqualNextLine } from "./dropEqualNextLine";
import { dropExtraClosers } from "./dropExtraClosers";
import { dropOnlyWhiteSpace } from "./dropOnlyWhiteSpace";
import { dropRepetition } from "./dropRepetition";
import { keep, type AnswerPlace, type Filter, type Verdict } from "./filter";

/** All rules, in order: what cuts comes before what drops, and what is left is looked at last. */
const FILTERS: readonly Filter[] = [
  cutLoop,
  cutPresentSuffix,
  dropExtraClosers,
  cutTrailingSpace,
  dropRepetition,
  dropEqualNextLine,
  dropOnlyWhiteSpace,
];

/** Runs the answer through all filters; the first that drops it decides. */
export function applyFilters(text: string, place: AnswerPlace): Verdict {
  let verdict = keep(text);
  for (const filter of FILTERS) {
    if (verdict.kind === "drop") return verdict;
    verdict = filter(verdict.text, place);
  }
  return verdict;
}
