/** The commands that a message may tell one to run, by their titles. */
const COMMANDS: Readonly<Record<string, string>> = {
  "Get Model": "unmask.getModel",
  "Restart Engine": "unmask.restartEngine",
  "Open Settings": "unmask.openSettings",
  "Show Log": "unmask.showLog",
};

export interface NamedCommand {
  readonly title: string;
  readonly command: string;
}

/** The commands that a message names as `"Unmask: …"`, in their order; where it names none, the one that shows the log. */
export function namedCommands(message: string): readonly NamedCommand[] {
  const titles = [...message.matchAll(/"Unmask: ([^"]+)"/g)].map((match) => match[1]!).filter((title) => Object.hasOwn(COMMANDS, title));
  return (titles.length === 0 ? ["Show Log"] : titles).map((title) => ({ title, command: COMMANDS[title]! }));
}
