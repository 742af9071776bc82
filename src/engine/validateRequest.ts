import type { InfillBranchesParams, InfillParams } from "./protocol";
import { EngineError } from "../backends/engineError";
import type { RegionKind, RelatedPiece, SamplerName } from "../backends/infiller";

const REGIONS: readonly RegionKind[] = ["line", "lines", "span"];
const SAMPLERS: readonly SamplerName[] = ["verified", "confidence"];
const MAX_TOKENS = 4096;
const MAX_BLOCK = 32;
const MOST_PATH_CHARS = 4_096;
const MOST_PIECES = 16;
const MOST_PIECE_CHARS = 65_536;
/** Each is rows in every pass. */
const MOST_HEADS = 8;
const MOST_HEAD_CHARS = 65_536;

/**
 * Checks what came over the pipe before a number of it becomes the size of a buffer.
 * @throws EngineError badRequest, naming the first field that is wrong
 */
export function validateRequest(params: Pick<InfillParams, "id" | "request" | "deadlineMs">): void {
  const { id, deadlineMs, request } = params;
  need(Number.isSafeInteger(id), "id must be an integer");
  need(deadlineMs === undefined || isFinite(deadlineMs), "deadlineMs must be a finite number");
  need(typeof request === "object" && request !== null, "request is missing");
  need(typeof request.prefix === "string", "prefix must be a string");
  need(typeof request.suffix === "string", "suffix must be a string");
  need(typeof request.languageId === "string", "languageId must be a string");
  need(request.path === undefined || (typeof request.path === "string" && request.path.length <= MOST_PATH_CHARS), "path must be a path");
  need(
    request.related === undefined || isPieces(request.related),
    `related must be at most ${MOST_PIECES} pieces of text with a path each`,
  );
  need(REGIONS.includes(request.region), `region must be one of ${REGIONS.join(", ")}`);
  need(SAMPLERS.includes(request.sampler), `sampler must be one of ${SAMPLERS.join(", ")}`);
  need(isInteger(request.maxTokens, 1, MAX_TOKENS), `maxTokens must be an integer from 1 to ${MAX_TOKENS}`);
  // Without masks `verified` writes one token at a time.
  const leastMasks = request.sampler === "verified" ? 0 : 1;
  const fits = request.blockSize === undefined || isInteger(request.blockSize, leastMasks, MAX_BLOCK);
  need(fits, `blockSize must be an integer from ${leastMasks} to ${MAX_BLOCK}`);
  need(request.threshold === undefined || (request.threshold > 0 && request.threshold <= 1), "threshold must be above 0 and at most 1");
}

/** The same of several branches. @throws as `validateRequest` */
export function validateBranches(params: InfillBranchesParams): void {
  validateRequest(params);
  const { heads } = params;
  const areHeads = Array.isArray(heads) && heads.length >= 1 && heads.length <= MOST_HEADS && heads.every(isHead);
  need(areHeads, `heads must be 1 to ${MOST_HEADS} pieces of text`);
}

function isHead(value: unknown): boolean {
  return isShort(value, MOST_HEAD_CHARS) && value !== "";
}

function isPieces(value: unknown): boolean {
  if (!Array.isArray(value) || value.length > MOST_PIECES) return false;
  return value.every(
    (piece: Partial<RelatedPiece> | null) => isShort(piece?.path, MOST_PATH_CHARS) && isShort(piece?.text, MOST_PIECE_CHARS),
  );
}

function isShort(value: unknown, most: number): boolean {
  return typeof value === "string" && value.length <= most;
}

function need(holds: boolean, detail: string): void {
  if (!holds) throw new EngineError({ kind: "badRequest", detail });
}

function isInteger(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}
