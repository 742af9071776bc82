import type { TreeCursor } from "web-tree-sitter";
import type { BodyExtent } from "./syntaxKinds";

/** Where what closes the node begins: its last child, or that one's last; NaN where it is missing. */
export function closerAt(cursor: TreeCursor, close: readonly string[]): number {
  while (cursor.gotoLastChild()) if (close.includes(cursor.nodeType)) return cursor.startIndex;
  return NaN;
}

/**
 * Moves the cursor from the node to the first child in its body (`hasMore`: there is one), and says which is the first offset inside;
 * undefined: what opens it is missing.
 */
export function beginsAt(cursor: TreeCursor, { open, header }: BodyExtent): { offset: number; hasMore: boolean } | undefined {
  if (!cursor.gotoFirstChild()) return open === undefined ? { offset: 0, hasMore: false } : undefined;
  if (open !== undefined) {
    while (!open.includes(cursor.nodeType)) if (!cursor.gotoNextSibling()) return undefined;
    return { offset: cursor.endIndex, hasMore: cursor.gotoNextSibling() };
  }
  if (header === undefined) return { offset: 0, hasMore: true };
  let headerEnd = cursor.endIndex;
  while (cursor.gotoNextSibling()) {
    const isHeader = header.includes(cursor.currentFieldName ?? "");
    // Behind a word one would type on at that word.
    if (cursor.nodeIsNamed && !isHeader) return { offset: headerEnd + 1, hasMore: true };
    if (isHeader) headerEnd = cursor.endIndex;
  }
  return { offset: headerEnd + 1, hasMore: false };
}
