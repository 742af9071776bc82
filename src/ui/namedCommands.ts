import { commandTitle, type NamedCommandId } from "../words/commandTitle";

/** The commands that become buttons where a message tells one to run them. */
const BUTTONS = ["getModel", "restartEngine", "openSettings", "showLog"] as const satisfies readonly NamedCommandId[];

export interface NamedCommand {
  /** in the user's language */
  readonly title: string;
  readonly command: string;
}

/** The commands that a message names as `commandName` does, in their order; where it names none, the one that shows the log. */
export function namedCommands(message: string): readonly NamedCommand[] {
  const known = new Map(BUTTONS.map((id) => [commandTitle(id), { title: commandTitle(id), command: `unmask.${id}` }]));
  const named = [...message.matchAll(/"Unmask: ([^"]+)"/g)].flatMap(([, title]) => known.get(title!) ?? []);
  return named.length === 0 ? [known.get(commandTitle("showLog"))!] : named;
}
