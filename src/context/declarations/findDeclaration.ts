import * as vscode from "vscode";
import type { DeclaredPlace } from "./declaredNames";

/**
 * Where VS Code's language features say that the name at a place is defined. It opens no document, and no editor.
 * @returns the first place they give; undefined where they give none, or one in the document itself
 * @throws what the command throws; it may also never settle
 */
export async function findDeclaration({ uri }: vscode.TextDocument, position: vscode.Position): Promise<DeclaredPlace | undefined> {
  const found = await vscode.commands.executeCommand<readonly (vscode.Location | vscode.LocationLink)[] | undefined>(
    "vscode.executeDefinitionProvider",
    uri,
    position,
  );
  const places = (found ?? []).map((place) =>
    "targetUri" in place
      ? { id: place.targetUri.toString(), line: (place.targetSelectionRange ?? place.targetRange).start.line }
      : { id: place.uri.toString(), line: place.range.start.line },
  );
  return places.some(({ id }) => id === uri.toString()) ? undefined : places[0];
}
