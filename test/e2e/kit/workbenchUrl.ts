import path from "node:path";

/** The address at which a server shows a folder, with an extension under development and, perhaps, its tests. */
export function workbenchUrl(authority: string, folder: string, extension: string, tests?: string): string {
  const remote = (file: string): string => `vscode-remote://${authority}${path.resolve(file)}`;
  const payload = [
    ["skipWelcome", "true"],
    ["extensionDevelopmentPath", remote(extension)],
  ];
  if (tests !== undefined) payload.push(["extensionTestsPath", remote(tests)]);
  return `http://${authority}/?folder=${encodeURI(path.resolve(folder))}&payload=${encodeURIComponent(JSON.stringify(payload))}`;
}
