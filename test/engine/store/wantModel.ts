// A process that wants the model: the trial is its argument, as JSON. It prints what came of it, as JSON.
import { EngineError } from "../../../src/backends/engineError";
import { ensureModel } from "../../../src/model/store/ensureModel";
import { StoreError } from "../../../src/model/store/storeError";
import { trialOptions, type Trial } from "./trialOptions";

export interface Ended {
  /** an outcome, the failure of a StoreError or EngineError, or "defect" */
  readonly kind: string;
  /** of an error: its sentence, or a defect's stack */
  readonly message?: string;
}

const trial = JSON.parse(process.argv[2]!) as Trial;
void ensureModel(trialOptions(trial)).then(
  ({ kind }) => say({ kind }),
  (error: unknown) => {
    if (error instanceof StoreError || error instanceof EngineError) say({ kind: error.failure.kind, message: error.message });
    else say({ kind: "defect", message: error instanceof Error ? error.stack! : String(error) });
  },
);

function say(ended: Ended): void {
  process.stdout.write(JSON.stringify(ended), () => process.exit(0));
}
