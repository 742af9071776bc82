import { definitionText } from "./definitionText";

/** The name of the innermost definition whose lines hold a place; undefined: none. Pure. @param offset UTF-16 units into `text` */
export function enclosingDefinition(text: string, found: ReadonlyMap<string, readonly number[]>, offset: number): string | undefined {
  let best: { readonly name: string; readonly start: number } | undefined;
  for (const [name, starts] of found) {
    for (const start of starts) {
      if (start > offset || (best !== undefined && start <= best.start)) continue;
      if (offset <= start + definitionText(text, start).length) best = { name, start };
    }
  }
  return best?.name;
}
