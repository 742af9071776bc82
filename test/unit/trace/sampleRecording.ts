/** A made-up denoising in the engine's own form, for tests of the trace and for looking at its page. Not a model's output. */
import type { CanvasCell, DenoisingStep, Infill, InfillRequest } from "../../../src/backends/infiller";

export const SAMPLE_PREFIX = `export class LruCache<K, V> {
  private readonly entries = new Map<K, V>();

  constructor(private readonly capacity: number) {}

  get(key: K): V | undefined {
    const`;
export const SAMPLE_SUFFIX = `
  }

  set(key: K, value: V): void {
    this.entries.set(key, value);
  }
}
`;
const HEAD = ["   ", " const"];
const ANSWER: readonly (readonly [text: string, confidence: number])[] = [
  [" value", 0.81],
  [" =", 0.99],
  [" this", 0.98],
  [".entries", 0.96],
  [".get", 0.99],
  ["(key", 0.99],
  [");\n", 0.94],
  ["    if", 0.88],
  [" (value", 0.93],
  [" ===", 0.62],
  [" undefined", 0.97],
  [")", 0.99],
  [" return", 0.74],
  [" undefined", 0.42],
  [";\n", 0.96],
  ["    this", 0.55],
  [".entries", 0.98],
  [".delete", 0.71],
  ["(key", 0.99],
  [");\n", 0.97],
  ["    this", 0.86],
  [".entries", 0.99],
  [".set", 0.91],
  ["(key", 0.98],
  [",", 0.99],
  [" value", 0.99],
  [");\n", 0.95],
  ["    return", 0.27],
  [" value", 0.98],
  [";", 0.93],
];
const TAIL = ["\n", "  }"];
const WRONG = [" null", " if", "()", " key", "!", " =>", ";\n", " new"];
/** how many of its drafts each pass verifies */
const ACCEPTED = [1, 2, 1, 3, 2, 1, 4, 1, 2, 3, 1, 2, 4, 2, 1, 2];

export const SAMPLE_REQUEST: InfillRequest = {
  prefix: SAMPLE_PREFIX,
  suffix: SAMPLE_SUFFIX,
  region: "lines",
  languageId: "typescript",
  maxTokens: 96,
  sampler: "verified",
};

const MASKED: CanvasCell = { state: "masked", text: "", confidence: 0, alternatives: [] };

/** @param block masks in a block */
export function sampleSteps(block = 8): DenoisingStep[] {
  const written = [...ANSWER, ...TAIL.map((text) => [text, 0.97] as const)];
  const steps: DenoisingStep[] = [];
  let known = 0;
  for (let pass = 1; known < written.length; pass++) {
    const accepted = ACCEPTED[pass % ACCEPTED.length]!;
    const before = known;
    known = Math.min(written.length, known + accepted);
    const cells: CanvasCell[] = HEAD.map((text) => ({ state: "clamped", text, confidence: 1, alternatives: [] }));
    for (let at = 0; at < known; at++) cells.push(cellOf(written[at]!, at >= ANSWER.length ? "tail" : "revealed", at));
    if (known < written.length) {
      for (let at = known; at < known + block; at++) {
        const token = written[at];
        const isDrafted = at < known + 3;
        const isLost = pass % 3 === 0 && at === before + accepted + 3 - 1;
        if (isLost) cells.push({ ...MASKED, state: "remasked", alternatives: alternativesOf([WRONG[at % 8]!, 0.31], at) });
        else if (isDrafted && token !== undefined) cells.push(cellOf([token[0], token[1] * 0.7], "drafted", at));
        else cells.push(MASKED);
      }
    }
    steps.push({ pass, atMs: 46 + pass * 29 + (pass % 4) * 3, cells });
  }
  return steps;
}

function cellOf([text, confidence]: readonly [string, number], state: CanvasCell["state"], at: number): CanvasCell {
  return { state, text, confidence, alternatives: alternativesOf([text, confidence], at) };
}

function alternativesOf([text, confidence]: readonly [string, number], at: number): CanvasCell["alternatives"] {
  const rest = 1 - confidence;
  return [
    { text, confidence },
    { text: WRONG[at % 8]!, confidence: rest * 0.6 },
    { text: WRONG[(at + 3) % 8]!, confidence: rest * 0.2 },
  ];
}

export function sampleInfill(steps: readonly DenoisingStep[] = sampleSteps()): Infill {
  const tokens = ANSWER.map(([text, confidence]) => ({ text, confidence }));
  const totalMs = (steps.at(-1)?.atMs ?? 40) + 4;
  return {
    text: tokens.map((token) => token.text).join(""),
    tokens,
    passes: steps.length,
    prefillTokens: 38,
    cachedTokens: 412,
    writtenTokens: ANSWER.length + TAIL.length,
    times: { queuedMs: 2, prefillMs: 44, denoiseMs: totalMs - 46, totalMs },
    ended: "suffix",
    fits: true,
    model: "sample 0.5B",
  };
}
