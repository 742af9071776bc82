import type { Node } from "web-tree-sitter";
import type { CursorSyntax } from "./cursorSyntax";

const STRINGS = new Set(["string", "template_string", "concatenated_string", "regex"]);
const INTERPOLATIONS = new Set(["template_substitution", "interpolation"]);
const BRACED_BODIES = new Set(["statement_block", "class_body", "interface_body", "object_type", "enum_body", "switch_body"]);
const INDENTED_BODY = "block";

/**
 * What a tree says about a place.
 * @param offset UTF-16 units from the text's start
 * @param probe offset of the last character before the place that is not white space, or -1
 * @param column the place's column in its line, UTF-16 units
 */
export function syntaxAtCursor(root: Node, offset: number, probe: number, column: number): CursorSyntax {
  const inside = insideOf(root, offset);
  const body = probe < 0 ? undefined : bodyAround(root, offset, probe, column);
  return body === undefined ? { inside } : { inside, body: { empty: isEmpty(body) } };
}

function insideOf(root: Node, offset: number): CursorSyntax["inside"] {
  if (offset === 0) return "code";
  for (let node = root.descendantForIndex(offset - 1, offset - 1); node !== null; node = node.parent) {
    if (INTERPOLATIONS.has(node.type)) return "code";
    const within = node.startIndex < offset && offset < node.endIndex;
    // A comment up to the line's end goes on where one types at its end; a block comment is over.
    if (node.type === "comment" && (within || (offset === node.endIndex && !node.text.endsWith("*/")))) return "comment";
    if (STRINGS.has(node.type) && within) return "string";
  }
  return "code";
}

function bodyAround(root: Node, offset: number, probe: number, column: number): Node | undefined {
  for (let node = root.descendantForIndex(probe, probe); node !== null; node = node.parent) {
    if (BRACED_BODIES.has(node.type) && node.startIndex < offset && offset < node.endIndex) return node;
    // Blank lines at a block's end do not belong to it: whether one writes inside it is a question of the column.
    if (node.type === INDENTED_BODY && node.startPosition.column <= column) return node;
  }
  return undefined;
}

function isEmpty(body: Node): boolean {
  return body.namedChildren.every((child) => child.type === "comment" || isDocString(child));
}

function isDocString(node: Node): boolean {
  return node.type === "expression_statement" && node.namedChildCount === 1 && node.namedChild(0)?.type === "string";
}
