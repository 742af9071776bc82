/** A glob as VS Code matches it: one without a slash names a file in any folder. */
export function excludePattern(glob: string): string {
  const trimmed = glob.trim();
  return trimmed.includes("/") ? trimmed : `**/${trimmed}`;
}
