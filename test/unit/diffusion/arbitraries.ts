import fc from "fast-check";
import type { InfillRequest } from "../../../src/backends/infiller";
import { randomTable } from "./table";

const word = fc.constantFrom(
  "foo",
  "re",
  "bar",
  " ",
  "    ",
  "(",
  ")",
  ";",
  " = ",
  "x",
  "abc",
  "é",
  "😀",
  "12",
  "\n",
  "\n\n",
  "  \n",
  "return",
);
const code = (maxLength: number) => fc.array(word, { maxLength }).map((words) => words.join(""));

export const arbitraryRequest: fc.Arbitrary<InfillRequest> = fc.record({
  prefix: code(14),
  suffix: fc.oneof(code(6), fc.constantFrom(")", ");\n", "\n", "\nfoo", "")),
  region: fc.constantFrom("line", "lines", "span"),
  languageId: fc.constant("typescript"),
  maxTokens: fc.integer({ min: 1, max: 24 }),
  sampler: fc.constant("verified" as const),
  blockSize: fc.integer({ min: 1, max: 8 }),
});

export const arbitraryTable = fc
  .record({ seed: fc.integer(), agreement: fc.constantFrom(0, 0.3, 0.7, 1), endBias: fc.constantFrom(0, 8, 10, 12) })
  .map(({ seed, agreement, endBias }) => randomTable(seed, agreement, endBias));
