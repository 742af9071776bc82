/**
 * A window as far as the engine sees one: a process with a supervisor, told by its parent's messages what to do. Arguments: the engine's entry, the
 * store's directory, the least turn in milliseconds.
 */
import { EngineError } from "../../../src/backends/engineError";
import { LocalInfiller } from "../../../src/backends/local";
import { EngineSupervisor } from "../../../src/engine/supervisor";
import { TurnFile } from "../../../src/engine/turnFile";
import { WindowTurn } from "../../../src/engine/windowTurn";
import { EngineClient } from "../../../src/engine/client";

export type ToWindow = { readonly ask: number; readonly maxTokens: number } | "close";
export type FromWindow =
  { readonly ask: number; readonly text: string; readonly ended: string } | { readonly engine: number } | { readonly log: string } | "open";

const [entry, store, minTurnMs] = process.argv.slice(2) as [string, string, string];
const say = (message: FromWindow): void => void process.send!(message);
const onLog = (log: string): void => say({ log });
const turn = new WindowTurn({ file: new TurnFile(store, "host", 500), minTurnMs: Number(minTurnMs), onLog });
const supervisor = new EngineSupervisor({
  turn,
  onLog,
  createClient: () => {
    const client = new EngineClient({ entry, modelDirectory: "any" });
    // Its process is there a moment later.
    setImmediate(() => client.pid !== undefined && say({ engine: client.pid }));
    return client;
  },
});
const infiller = new LocalInfiller(supervisor);

process.on("message", (message: ToWindow) => {
  if (message === "close") return void supervisor.dispose().then(() => process.disconnect());
  const { ask, maxTokens } = message;
  infiller.infill({ prefix: "", suffix: "", region: "line", languageId: "typescript", sampler: "verified", maxTokens }).then(
    ({ text, ended }) => say({ ask, text, ended }),
    (error: unknown) => say({ ask, text: "", ended: error instanceof EngineError ? error.message : String(error) }),
  );
});
say("open");
