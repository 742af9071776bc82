// A process that wants the model: MODEL_ROOT and HUB_ORIGIN say which and where from. It prints each stage once, then the outcome.
import * as path from "node:path";
import { ensureTiny } from "./ensureTiny";
import type { ModelFixture } from "./modelFixture";

const root = process.env["MODEL_ROOT"]!;
const model = { root, modelFolder: path.join(root, "model"), store: path.join(root, "store") } as ModelFixture;
let stage = "";
void ensureTiny(
  model,
  process.env["HUB_ORIGIN"]!,
  {
    onProgress: (progress) => {
      if (progress.stage !== stage) console.log((stage = progress.stage));
    },
  },
  { httpTiming: { stallMs: 60_000, reachMs: 10_000, attempts: 3, backoffMs: 10, mostBackoffMs: 40 } },
).then(
  (outcome) => console.log(outcome.kind),
  (error: unknown) => console.log(String(error)),
);
