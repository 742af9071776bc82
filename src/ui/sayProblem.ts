import * as vscode from "vscode";
import { namedCommands } from "./namedCommands";

/**
 * Shows what is wrong, with the commands that the message names as buttons. VS Code shows a message without buttons in one line, cut off after
 * some 60 characters: what to do would not be seen. It closes an older notification that says the same with the same buttons.
 */
export function sayProblem(message: string): void {
  const commands = namedCommands(message);
  void vscode.window.showWarningMessage(message, ...commands.map(({ title }) => title)).then((picked) => {
    const chosen = commands.find(({ title }) => title === picked);
    if (chosen !== undefined) void vscode.commands.executeCommand(chosen.command);
  });
}
