import type { DenoisingStep, InfillRequest } from "../../../src/backends/infiller";
import { type ContextBudget, SLIDING_BUDGET } from "../../../src/diffusion/contextBudget";
import { denoise, type Denoised } from "../../../src/diffusion/denoise";
import type { DenoiseMemory } from "../../../src/diffusion/denoiseMemory";
import type { StopReason } from "../../../src/diffusion/passes";
import type { DraftSource } from "../../../src/diffusion/samplers/draftSource";
import type { Table } from "./table";
import { TableDenoiser } from "./tableDenoiser";
import { SPECIAL, tinyTokenizer } from "./tinyTokenizer";

export interface TableRun {
  readonly denoiser?: TableDenoiser;
  readonly budget?: ContextBudget;
  readonly shouldStop?: () => StopReason | undefined;
  readonly now?: () => number;
  readonly onStep?: (step: DenoisingStep) => void;
  readonly memory?: DenoiseMemory;
  readonly draftSource?: DraftSource;
}

export function runTable(table: Table, request: InfillRequest, run: TableRun = {}): Promise<Denoised> {
  const { denoiser = new TableDenoiser(table), budget = SLIDING_BUDGET, shouldStop = () => undefined, now = () => 0, ...rest } = run;
  return denoise(denoiser, tinyTokenizer, SPECIAL, request, budget, { shouldStop, now, ...rest });
}
