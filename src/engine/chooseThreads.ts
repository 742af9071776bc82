/**
 * How many threads the engine computes with. From four processors on most machines count two for each core, and the
 * matmuls of a small model are bound by memory: beyond eight threads nothing is won, and the editor wants some too.
 * @param requested 0: choose; otherwise taken as it is
 * @param processors logical processors, at least 1
 * @returns at least 1
 */
export function chooseThreads(requested: number, processors: number): number {
  if (requested > 0) return requested;
  return processors <= 4 ? processors : Math.min(8, Math.ceil(processors / 2));
}
