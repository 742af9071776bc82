import * as vscode from "vscode";
import type { OfferWatch } from "../usage/offerWatch";
import type { ModelKeeper } from "./modelKeeper";

const OPENED = "unmask.walkthroughOpened";

/** Whether it was never opened on this machine: until then the menu offers it. */
export function isWalkthroughNew(memory: vscode.Memento): boolean {
  return memory.get(OPENED) !== true;
}

/** The command that opens the walkthrough of package.json, and what tells VS Code that a step is done which no command shows. */
export function registerWalkthrough(
  { extension, globalState }: vscode.ExtensionContext,
  keeper: ModelKeeper,
  offers: Pick<OfferWatch, "onSettled">,
): vscode.Disposable {
  keeper.onState(() => {
    if (keeper.state.kind === "have") markDone("unmask.hasModel");
  });
  return vscode.Disposable.from(
    offers.onSettled(({ fate }) => {
      if (fate === "accepted" || fate === "acceptedInPart") markDone("unmask.hasAccepted");
    }),
    vscode.commands.registerCommand("unmask.openWalkthrough", async () => {
      await vscode.commands.executeCommand("workbench.action.openWalkthrough", `${extension.id}#getStarted`, false);
      await globalState.update(OPENED, true);
    }),
  );
}

/** @param key as package.json's completionEvents name it */
function markDone(key: "unmask.hasModel" | "unmask.hasAccepted"): void {
  void vscode.commands.executeCommand("setContext", key, true);
}
