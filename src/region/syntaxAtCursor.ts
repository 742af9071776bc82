import type { Node } from "web-tree-sitter";
import { bodyAt } from "./bodyAt";
import type { CursorSyntax } from "./cursorSyntax";
import type { SyntaxKinds } from "./syntaxKinds";
import type { SyntaxPlace } from "./syntaxPlace";

/** What a tree says about a place. */
export function syntaxAtCursor(root: Node, kinds: SyntaxKinds, place: SyntaxPlace): CursorSyntax {
  const inside = insideOf(root, kinds, place.offset);
  const body = place.probe < 0 ? undefined : bodyAround(root, kinds, place);
  return body === undefined ? { inside } : { inside, body };
}

/** A comment that has an end of its own and has come to it. */
const CLOSED_COMMENT = /^(?:\/\*[^]*\*\/|<!--[^]*-->|=begin\b[^]*=end.*\n?)$/;

function insideOf(root: Node, kinds: SyntaxKinds, offset: number): CursorSyntax["inside"] {
  if (offset === 0) return "code";
  for (let node = root.descendantForIndex(offset - 1, offset - 1); node !== null; node = node.parent) {
    const { type } = node;
    const within = node.startIndex < offset && offset < node.endIndex;
    const atEnd = offset === node.endIndex;
    // What a bracket closes is over behind it; a name goes on where one types at its end.
    if (kinds.interpolations.includes(type) && (within || (atEnd && !/[)}]$/.test(node.text)))) return "code";
    // Likewise a comment up to the line's end; some grammars count the line's end as its last character.
    if (kinds.comments.includes(type) && (within || (atEnd && !isOver(node.text)))) return "comment";
    if (kinds.strings.includes(type) && within) return "string";
  }
  return "code";
}

function isOver(comment: string): boolean {
  return comment.endsWith("\n") || CLOSED_COMMENT.test(comment);
}

/** The innermost body that the place is in. */
function bodyAround(root: Node, kinds: SyntaxKinds, place: SyntaxPlace): CursorSyntax["body"] {
  for (let node = root.descendantForIndex(place.probe, place.probe); node !== null; node = node.parent) {
    if (!Object.hasOwn(kinds.bodies, node.type)) continue;
    const body = bodyAt(node, kinds, place);
    if (body !== undefined) return body;
  }
  return undefined;
}
