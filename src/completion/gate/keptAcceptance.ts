import type { Memento } from "vscode";
import type { KeptValue } from "./learnedGate";

const KEY = "unmask.acceptance";

/** Keeps what was learned in VS Code's own store of this machine. */
export function keptAcceptance(state: Memento, onError: (error: unknown) => void): KeptValue {
  return {
    read: () => state.get(KEY),
    write: (value) => void state.update(KEY, value).then(undefined, onError),
  };
}
