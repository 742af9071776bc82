type Switches = Readonly<Record<string, boolean>>;

/**
 * The value of `unmask.languages` at one place (the user's settings or the workspace's) after one language is switched there.
 * @param own the value at that place now
 * @param below what holds where `own` says nothing: VS Code merges objects
 * @returns undefined where nothing is left to say
 */
export function switchedLanguages(own: Switches | undefined, below: Switches, languageId: string, isOn: boolean): Switches | undefined {
  const languages: Record<string, boolean> = { ...own, [languageId]: isOn };
  if (below[languageId] === isOn) delete languages[languageId];
  return Object.keys(languages).length === 0 ? undefined : languages;
}
