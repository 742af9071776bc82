import { performance } from "node:perf_hooks";
import { emptyInfill } from "../engine/emptyInfill";
import type { BranchOptions, Infill, Infiller, InfillRequest } from "./infiller";

/**
 * Fills the region once behind each of `heads`, whatever answers: together where the infiller can, else by a request each, one after the other, of which
 * each has its share of the time, and none is made once the signal has aborted.
 * @returns an infill a head, in order
 * @throws EngineError
 */
export async function fillBranches(
  infiller: Infiller,
  request: InfillRequest,
  heads: readonly string[],
  options: BranchOptions = {},
): Promise<readonly Infill[]> {
  if (infiller.infillBranches) return infiller.infillBranches(request, heads, options);
  const { signal, deadlineMs } = options;
  const startedAtMs = performance.now();
  const infills: Infill[] = [];
  for (const head of heads) {
    if (signal?.aborted) {
      infills.push(emptyInfill("aborted", infills[0]?.model ?? "", performance.now() - startedAtMs));
      continue;
    }
    const share = deadlineMs === undefined ? {} : { deadlineMs: deadlineMs / heads.length };
    infills.push(await infiller.infill({ ...request, prefix: request.prefix + head }, { ...(signal && { signal }), ...share }));
  }
  return infills;
}
