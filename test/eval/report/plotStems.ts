import type { SetSettings } from "../evalFile";

/** What stands behind the data's name where sets of the same data differ in it; nothing for what is usual. */
const PARTS: readonly (readonly [key: keyof SetSettings, part: (set: SetSettings) => string])[] = [
  ["dataSha256", ({ dataSha256 }) => dataSha256.slice(0, 8)],
  ["withPath", ({ withPath }) => (withPath ? "path" : "")],
  ["withProject", ({ withProject }) => (withProject ? "project" : "")],
  ["prefixChars", ({ prefixChars }) => (prefixChars === undefined ? "" : `${prefixChars}chars`)],
  ["problems", ({ problems }) => `${problems}problems`],
  ["maxTokens", ({ maxTokens }) => `${maxTokens}tokens`],
];

/**
 * What the names of the sets' plots begin with: the data's name, and what tells sets of the same data apart. No two are alike, upper and lower case taken
 * for one: no picture is written over another's.
 */
export function plotStems(sets: readonly SetSettings[]): string[] {
  const plain = sets.map(({ data }) => data.replace(/\.jsonl(\.gz)?$/, ""));
  const taken = new Set<string>();
  return sets.map((set, at) => {
    const ofSameData = sets.filter((_, other) => plain[other] === plain[at]);
    const differing = PARTS.filter(([key]) => ofSameData.some((other) => other[key] !== set[key])).map(([, part]) => part(set));
    const stem = [plain[at], ...differing.filter((part) => part !== "")].join("-");
    return free(stem, taken);
  });
}

/** The stem, or where another set's is the same, with the first number that makes it another. */
function free(stem: string, taken: Set<string>): string {
  let found = stem;
  for (let number = 2; taken.has(found.toLowerCase()); number++) found = `${stem}-${number}`;
  taken.add(found.toLowerCase());
  return found;
}
