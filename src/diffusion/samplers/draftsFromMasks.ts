import type { DraftSource } from "./draftSource";

/** Block diffusion's own drafts: a block of masks, denoised in the very pass that verifies the block before. @param blockSize 0: no drafts, one token at a time */
export function draftsFromMasks(blockSize: number): DraftSource {
  return { masks: blockSize, drafts: (fromMasks) => fromMasks };
}
