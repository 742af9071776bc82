import { createHash } from "node:crypto";
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import type { Infill, Infiller } from "../../src/backends/infiller";

/**
 * Asks the same thing once: a person's habits lead to many of the same places, and a greedy model answers the same there.
 * @param backend names what answers, model and all
 * @param file keeps the answers for other runs, a line of JSON each; what a gate does to them then costs no model
 */
export function rememberAnswers(infiller: Infiller, backend: string, file?: string): Infiller {
  const known = new Map(file === undefined ? [] : readKept(file));
  return {
    infill: async (request, options) => {
      const key = createHash("sha256")
        .update(JSON.stringify([backend, request]))
        .digest("hex");
      const before = known.get(key);
      if (before !== undefined) return before;
      const infill = await infiller.infill(request, options);
      if (infill.ended === "aborted") return infill;
      known.set(key, infill);
      if (file !== undefined) appendFileSync(file, JSON.stringify([key, infill]) + "\n");
      return infill;
    },
  };
}

function readKept(file: string): [string, Infill][] {
  if (!existsSync(file)) return [];
  const text = readFileSync(file, "utf8");
  // the last line is cut where a run was stopped
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  if (whole !== text) writeFileSync(file, whole);
  const lines = whole.split("\n").slice(0, -1);
  return lines.map((line) => JSON.parse(line) as [string, Infill]);
}
