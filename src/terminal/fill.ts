import { join } from "node:path";
import { LocalInfiller } from "../backends/local";
import type { DenoisingStep, Infill, InfillRequest } from "../backends/infiller";
import { EngineClient } from "../engine/client";
import { EngineSupervisor } from "../engine/supervisor";

export interface FillOptions {
  readonly repository: string;
  readonly modelDirectory: string;
  readonly signal: AbortSignal;
  readonly onLog?: (line: string) => void;
  readonly onStep?: (step: DenoisingStep) => void;
}

/** One answer from an engine of its own, which is gone when this settles. @throws EngineError */
export async function fill(request: InfillRequest, { repository, modelDirectory, signal, onLog, onStep }: FillOptions): Promise<Infill> {
  const entry = join(repository, "dist", "engine.cjs");
  const log = onLog && { onLog };
  const supervisor = new EngineSupervisor({ createClient: () => new EngineClient({ entry, modelDirectory, ...log }), ...log });
  try {
    return await new LocalInfiller(supervisor).infill(request, { signal, ...(onStep && { onStep }) });
  } finally {
    await supervisor.dispose();
  }
}
