import { resultOf } from "../../../eval/contest";
import { CUTS } from "../../../eval/cuts";
import type { EvalFile, KeptAttempt, KeptContestant, SetSettings } from "../../../eval/evalFile";
import { attempt } from "../sampleAttempts";

export const SET: SetSettings = { data: "holes.jsonl.gz", dataSha256: "ab", problems: 4, maxTokens: 96, withProject: false };

/** Four problems of two kinds and one language. @param exact which answers are right */
export function contestant(name: string, exact: readonly boolean[], isPassed: boolean | null = null): KeptContestant {
  const attempts = exact.map((isExact, at): Required<KeptAttempt> => {
    const verdict = { isPassed, isExact, similarity: isExact ? 1 : 0, parses: true };
    const verdicts = Object.fromEntries(CUTS.map((cut) => [cut, verdict])) as Required<KeptAttempt>["verdicts"];
    return { id: String(at), language: "python", kind: at % 2 ? "line" : "span", ...attempt(""), ms: 100 + at, verdicts };
  });
  const settings = { engine: "unmask", version: "0.1.0", onnxruntime: "1.2.3", weightsSha256: "0123456789abcdef" };
  return { name, settings, machine: { processor: "a fast one", processors: 2, loadBefore: 0.25 }, attempts, result: resultOf(attempts) };
}

export const file = (...contestants: KeptContestant[]): EvalFile => ({ version: 1, set: SET, contestants });
