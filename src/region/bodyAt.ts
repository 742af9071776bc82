import type { Node, TreeCursor } from "web-tree-sitter";
import { beginsAt, closerAt } from "./bodyBounds";
import type { CursorSyntax } from "./cursorSyntax";
import type { SyntaxKinds } from "./syntaxKinds";
import type { SyntaxPlace } from "./syntaxPlace";

/**
 * What the body of one node says about a place at its end or within; undefined: the place is outside it.
 * @param node of a kind that `kinds.bodies` names, around the last character before the place that is not white space
 */
export function bodyAt(node: Node, kinds: SyntaxKinds, { offset, column }: SyntaxPlace): CursorSyntax["body"] {
  const extent = kinds.bodies[node.type]!;
  // Blank lines at a node's end do not belong to it: whether one writes inside it is a question of the column.
  if (extent.columns !== undefined && column < node.startPosition.column + (extent.columns === "deeper" ? 1 : 0)) return undefined;
  // Children by a cursor: it makes no object of each, and a JSON array may have a hundred thousand.
  const cursor = node.walk();
  try {
    if (extent.close !== undefined && !(offset <= closerAt(cursor, extent.close))) return undefined;
    cursor.reset(node);
    const begins = beginsAt(cursor, extent);
    if (begins === undefined || offset < begins.offset) return undefined;
    return { empty: !begins.hasMore || !holdsContent(cursor, kinds) };
  } finally {
    cursor.delete();
  }
}

/** Whether the child that the cursor is at, or one of those behind it, is something that somebody wrote there. */
function holdsContent(cursor: TreeCursor, kinds: SyntaxKinds): boolean {
  do {
    const { nodeType } = cursor;
    if (!cursor.nodeIsNamed || kinds.comments.includes(nodeType) || kinds.besides?.includes(nodeType) === true) continue;
    if (kinds.wrappers?.includes(nodeType) === true) {
      if (!cursor.gotoFirstChild()) continue;
      const holds = holdsContent(cursor, kinds);
      cursor.gotoParent();
      if (holds) return true;
    } else if (!(nodeType === kinds.docStatement && isString(cursor.currentNode, kinds)) && cursor.nodeText.trim() !== "") return true;
  } while (cursor.gotoNextSibling());
  return false;
}

function isString(statement: Node, kinds: SyntaxKinds): boolean {
  return statement.namedChildCount === 1 && kinds.strings.includes(statement.namedChild(0)?.type ?? "");
}
