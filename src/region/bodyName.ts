import type { Node } from "web-tree-sitter";
import type { RegionKinds } from "./regionKinds";

/** Fields that hold what a node is called, in the grammars' words. */
const NAME_FIELDS = ["name", "key", "declarator"];
const MOST_CHARS = 40;

/**
 * What a body is the body of: the name of the innermost definition or variable that it is all of, else the words before it, shortened.
 * @param contentStart UTF-16 offset where the body's content begins
 * @returns undefined where nothing stands before it, as in a list of lists
 */
export function bodyName(body: Node, contentStart: number, text: string, regions: RegionKinds): string | undefined {
  let owner: Node | null = body;
  // A block begins with its brace: what it belongs to begins before.
  while (owner !== null && /^(?:[{[(:]|do\b.*)?$/s.test(header(owner, contentStart, text))) owner = owner.parent;
  if (owner === null || owner.parent === null) return undefined;
  return ownName(owner, regions) ?? shortened(header(owner, contentStart, text));
}

/** The name of the owner, or of what it is the value of; a statement that has none is not named after what it stands in. */
function ownName(owner: Node, regions: RegionKinds): string | undefined {
  const isEnd = ({ type }: Node): boolean =>
    regions.wholes.statement?.includes(type) === true || Object.hasOwn(regions.within?.arguments ?? {}, type);
  for (let node: Node | null = owner; node !== null; node = node.parent) {
    for (const field of NAME_FIELDS) {
      let named = node.childForFieldName(field);
      // In C a name is wrapped in what is done to it.
      for (let inner = named; inner !== null; inner = inner.childForFieldName("declarator")) named = inner;
      if (named !== null && /^["'\p{L}\p{N}_$@~]/u.test(named.text)) return shortened(named.text.replace(/^(["'])(.*)\1$/s, "$2"));
    }
    if (isEnd(node)) return undefined;
  }
  return undefined;
}

function header(node: Node, contentStart: number, text: string): string {
  return text.slice(node.startIndex, Math.max(node.startIndex, contentStart)).trim();
}

function shortened(words: string): string | undefined {
  const line = words.replace(/\s+/g, " ").replace(/\s*(?:\{|\bdo|;?\s*\bthen|=>|:)$/, "");
  if (line === "") return undefined;
  return line.length <= MOST_CHARS ? line : `${line.slice(0, MOST_CHARS - 1)}…`;
}
