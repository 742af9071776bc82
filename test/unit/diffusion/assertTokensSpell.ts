import assert from "node:assert/strict";
import type { Denoised } from "../../../src/diffusion/denoise";

/** The answer's tokens joined are its text; only a line break that the canvas took from S may be no token's. */
export function assertTokensSpell({ text, tokens }: Denoised): void {
  const joined = tokens.map((token) => token.text).join("");
  assert.ok(joined === text || joined + "\n" === text, JSON.stringify({ joined, text }));
  assert.ok(tokens.every((token) => token.confidence > 0 && token.confidence <= 1));
}
