import type { SamplerPass } from "./samplers/sampler";

/** The pass with tokens of the context in front of it, which the cache lacks. */
export function behindLead(lead: readonly number[], { clean, block, rows }: SamplerPass): SamplerPass {
  return { clean: [...lead, ...clean], block, rows: lead.length === 0 ? rows : rows.map((row) => row + lead.length) };
}
