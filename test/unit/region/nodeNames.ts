import type { Language } from "web-tree-sitter";

/** Every kind of node that trees of a grammar may show. */
export function nodeNames(language: Language): Set<string> {
  const kinds = Array.from({ length: language.nodeTypeCount }, (_, id) =>
    language.nodeTypeIsVisible(id) ? language.nodeTypeForId(id) : null,
  );
  return new Set(kinds.filter((kind) => kind !== null));
}
