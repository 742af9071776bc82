import * as vscode from "vscode";

/** What of the built-in Git extension's API is used. */
interface GitApi {
  getRepository(uri: vscode.Uri): { checkIgnore(paths: string[]): Promise<Set<string>> } | null;
}

interface GitExports {
  readonly enabled: boolean;
  getAPI(version: 1): GitApi;
}

/**
 * Whether git itself says that a file is ignored: it knows the user's own ignore file too. Where the Git extension is off or not there yet, nobody is asked.
 * @returns undefined: nobody could be asked
 */
export async function isIgnoredByGit(uri: vscode.Uri): Promise<boolean | undefined> {
  const extension = vscode.extensions.getExtension<GitExports>("vscode.git");
  if (extension?.isActive !== true || !extension.exports.enabled) return undefined;
  const repository = extension.exports.getAPI(1).getRepository(uri);
  if (repository === null) return undefined;
  return (await repository.checkIgnore([uri.fsPath])).size > 0;
}
