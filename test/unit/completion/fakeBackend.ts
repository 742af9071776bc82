import type { DenoisingStep, Infill, InfillEnd } from "../../../src/backends/infiller";
import type { CompletionQuery } from "../../../src/completion/completionQuery";
import type { AskBackend, AskBranches, DeskRequest } from "../../../src/completion/requestDesk";
import { drawn } from "./drawn";

export function infill(text: string, more: { ended?: InfillEnd; fits?: boolean } = {}): Infill {
  return {
    text,
    tokens: [],
    passes: 1,
    prefillTokens: 0,
    cachedTokens: 0,
    writtenTokens: 1,
    times: { queuedMs: 0, prefillMs: 0, denoiseMs: 0, totalMs: 0 },
    ended: more.ended ?? "end",
    fits: more.fits ?? true,
    model: "table",
  };
}

/** A canvas: the typed head, what is revealed, and masks. */
export function step(head: string, revealed: string): DenoisingStep {
  const cells = (state: "clamped" | "revealed", text: string) =>
    [...text].map((text) => ({ state, text, confidence: 1, alternatives: [] }));
  return {
    pass: 1,
    atMs: 1,
    cells: [...cells("clamped", head), ...cells("revealed", revealed), { state: "masked", text: "", confidence: 0, alternatives: [] }],
  };
}

interface Call {
  readonly request: DeskRequest;
  readonly signal: AbortSignal;
  readonly onStep: (step: DenoisingStep) => void;
  readonly answer: (infill: Infill) => void;
  readonly fail: (error: Error) => void;
}

interface BranchCall {
  readonly request: DeskRequest;
  readonly heads: readonly string[];
  readonly signal: AbortSignal;
  readonly answer: (infills: readonly Infill[]) => void;
  readonly fail: (error: Error) => void;
}

/** A backend whose answers the test gives, call by call. As the contract says, an abort resolves. */
export class FakeBackend {
  readonly calls: Call[] = [];
  readonly branchCalls: BranchCall[] = [];

  readonly ask: AskBackend = (request, signal, onStep) =>
    new Promise((answer, fail) => {
      signal.addEventListener("abort", () => answer(infill("", { ended: "aborted", fits: false })));
      this.calls.push({ request, signal, onStep, answer, fail });
    });

  readonly askBranches: AskBranches = (request, heads, signal) =>
    new Promise((answer, fail) => {
      signal.addEventListener("abort", () => answer(heads.map(() => infill("", { ended: "aborted", fits: false }))));
      this.branchCalls.push({ request, heads, signal, answer, fail });
    });
}

/** What is asked when the cursor stands where it is drawn. */
export function query(text: string, more: Partial<CompletionQuery> = {}): CompletionQuery {
  const { before, after } = drawn(text);
  return {
    document: "file:///a.ts",
    place: { file: "a.ts", line: before.split("\n").length },
    languageId: "typescript",
    before,
    after,
    lineBefore: before.slice(before.lastIndexOf("\n") + 1),
    lineAfter: after.split("\n", 1)[0]!,
    invoked: false,
    settings: {
      sampler: "verified",
      blockSize: undefined,
      maxTokens: 96,
      leastSureness: 0,
      deadlineMs: 1_500,
      multiline: "auto",
      comments: false,
      strings: true,
      trigger: "automatic",
    },
    ...more,
  };
}

/** Lets all promises that can settle do so. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
