import path from "node:path";

/** The address at which a server shows a folder, and perhaps with an extension under development and its tests. */
export function workbenchUrl(authority: string, folder: string, extension?: string, tests?: string): string {
  const remote = (file: string): string => `vscode-remote://${authority}${path.resolve(file)}`;
  const payload = [["skipWelcome", "true"]];
  if (extension !== undefined) payload.push(["extensionDevelopmentPath", remote(extension)]);
  if (tests !== undefined) payload.push(["extensionTestsPath", remote(tests)]);
  return `http://${authority}/?folder=${encodeURI(path.resolve(folder))}&payload=${encodeURIComponent(JSON.stringify(payload))}`;
}
