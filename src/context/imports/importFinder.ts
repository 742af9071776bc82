/**
 * Finds what a file imports. Pure: it reads the text alone, so each import comes as the paths it may mean, likeliest first, and whoever can look says which
 * of them exists.
 * @param text the file's, with `\n` line ends
 * @param path the file's own, below the project's folder, with `/`
 * @returns for each import its candidate paths below the project's folder; one that ends with `/` is a folder, all of whose files are meant
 */
export type ImportFinder = (text: string, path: string) => string[][];
