import { namesNear, type NamedPlace } from "./namesNear";

/** Words of four letters or more that common languages keep for themselves: nobody defines them. */
const KEYWORDS: readonly RegExp[] = [
  /^(?:abstract|assert|async|await|bool|boolean|break|case|catch|char|class|const|constructor|continue|crate|debugger|declare)$/,
  /^(?:default|defer|delete|double|elif|else|elsif|enum|except|export|extends|extern|fallthrough|False|false|final|finally)$/,
  /^(?:float|foreach|from|func|function|global|goto|impl|implements|import|include|instanceof|interface|into|lambda|long|loop)$/,
  /^(?:match|module|mutable|namespace|native|never|None|nonlocal|null|nullptr|number|object|operator|override|package|pass)$/,
  /^(?:private|protected|public|raise|range|readonly|register|require|return|satisfies|sealed|select|self|short|signed|sizeof)$/,
  /^(?:static|string|struct|super|switch|symbol|synchronized|template|then|this|throw|throws|trait|transient|True|true|type)$/,
  /^(?:typedef|typeof|undefined|union|unknown|unless|unsafe|unsigned|until|using|virtual|void|volatile|where|while|with|yield)$/,
];

/**
 * Names near the cursor of which it is worth looking where they are defined, each at its nearest occurrence. Pure.
 * @param isKnown whether that is known, or need not be looked for again yet
 * @returns the nearest first, at most `most`, each once
 */
export function unknownNames(before: string, after: string, isKnown: (name: string) => boolean, most: number): NamedPlace[] {
  const chosen = new Map<string, NamedPlace>();
  const inWord = /\w$/.test(before);
  for (const place of namesNear(before, after)) {
    if (chosen.size >= most) break;
    const { name, offset } = place;
    // What ends at the cursor, or goes on behind it, may be half a name, which the next key makes another.
    const isWritten = offset + name.length === 0 || (offset === 0 && inWord);
    if (!isWritten && !chosen.has(name) && !KEYWORDS.some((words) => words.test(name)) && !isKnown(name)) chosen.set(name, place);
  }
  return [...chosen.values()];
}
