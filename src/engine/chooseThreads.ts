import { probeCores, type Cores } from "./probeCores";

/** The matmuls of a small model are bound by memory: beyond eight threads nothing is won. */
const MOST = 8;
/** Fewer fast cores than this wait for slow ones: two fast cores are slower than two and two slow ones. */
const ENOUGH = 4;

/**
 * How many threads the engine computes with: one for each fast core. Two threads of one core share its multipliers, and a pass waits for its slowest
 * thread, so slow cores are only taken where fast ones are few. Where there are more than four cores one is left to the editor, the slow ones first.
 * @param requested 0: choose; otherwise taken as it is
 * @param processors logical processors that this process may use, at least 1
 * @param probe of this machine's cores; where it gives undefined, most machines count two processors for each core
 * @returns at least 1
 */
export function chooseThreads(
  requested: number,
  processors: number,
  probe: (processors: number) => Cores | undefined = probeCores,
): number {
  if (requested > 0) return requested;
  const cores = probe(processors);
  if (cores === undefined) return processors <= ENOUGH ? processors : Math.min(MOST, Math.ceil(processors / 2));
  const { fast, slow, quota } = cores;
  const all = fast + slow;
  const wanted = fast >= ENOUGH ? fast : Math.min(ENOUGH, all);
  const besideTheEditor = all > ENOUGH ? all - 1 : all;
  return Math.max(1, Math.min(MOST, wanted, besideTheEditor, Math.floor(quota)));
}
