import type { Node, TreeCursor } from "web-tree-sitter";
import { bodyAt } from "./bodyAt";
import { beginsAt, closerAt } from "./bodyBounds";
import { bodyName } from "./bodyName";
import { isValue } from "./isValue";
import type { NodeRegionKind, RegionKinds } from "./regionKinds";
import type { BodyExtent, SyntaxKinds } from "./syntaxKinds";
import type { SyntaxPlace } from "./syntaxPlace";

/** A part of a text that a person may want written anew. Start and end are UTF-16 offsets, end exclusive; white space at both ends is left out. */
export interface SyntaxRegion {
  readonly kind: NodeRegionKind | "body";
  readonly start: number;
  readonly end: number;
  /** what a body is the body of: a name, or the words before it; absent: nothing says */
  readonly name?: string;
}

/** What nodes mean, and which of them are regions: one grammar's. */
export interface RegionGrammar {
  readonly kinds: SyntaxKinds;
  readonly regions: RegionKinds;
}

/**
 * The regions around a place, innermost first; each lies within the next. Of several that are the same text the outermost stands for all.
 * @param text what the tree was made of
 */
export function syntaxRegions(root: Node, grammar: RegionGrammar, place: SyntaxPlace, text: string): SyntaxRegion[] {
  const found = nodesAround(root, place).flatMap((node) => regionsOf(node, grammar, place, text));
  found.sort((a, b) => a.end - a.start - (b.end - b.start));
  const nested: SyntaxRegion[] = [];
  for (const region of found) {
    const last = nested.at(-1);
    if (last === undefined || (region.start <= last.start && last.end <= region.end)) {
      const isSame = last?.start === region.start && last.end === region.end;
      // A scalar is a value, though it is all that a key has below it.
      if (isSame && last.kind === "value") continue;
      if (isSame) nested.pop();
      nested.push(region);
    }
  }
  return nested;
}

/** Nodes at the characters on both sides of the place, and at the last before it that is not white space; their parents; inner before outer. */
function nodesAround(root: Node, { offset, probe }: SyntaxPlace): Node[] {
  const nodes = new Map<number, Node>();
  for (const at of new Set([offset, offset - 1, probe])) {
    if (at < 0) continue;
    for (let node = root.descendantForIndex(at, at); node !== null; node = node.parent) {
      // One that an earlier chain has too: it goes behind what lies within it.
      nodes.delete(node.id);
      nodes.set(node.id, node);
    }
  }
  return [...nodes.values()];
}

function regionsOf(node: Node, { kinds, regions }: RegionGrammar, place: SyntaxPlace, text: string): SyntaxRegion[] {
  const { type } = node;
  const { offset } = place;
  const found: SyntaxRegion[] = [];
  const add = (kind: SyntaxRegion["kind"], start: number, end: number): void => {
    const range = trimmed(text, start, end, offset);
    if (range !== undefined) found.push({ kind, ...range });
  };
  for (const [kind, names] of entries(regions.wholes)) {
    if (names.includes(type)) add(kind, node.startIndex, node.endIndex);
  }
  if (regions.leaves?.includes(type) === true && isValue(node, regions)) add("expression", node.startIndex, node.endIndex);
  if (regions.holders?.includes(node.parent?.type ?? "") === true && node.isNamed && !regions.branches?.includes(type))
    add("statement", node.startIndex, node.endIndex);
  for (const [kind, within] of entries(regions.within ?? {})) {
    if (!Object.hasOwn(within, type)) continue;
    // Arguments may stand without brackets.
    const range = boundsOf(node, within[type]!, {}) ?? { start: node.startIndex, end: node.endIndex };
    add(kind, range.start, Number.isNaN(range.end) ? node.endIndex : range.end);
  }
  if (Object.hasOwn(kinds.bodies, type) && bodyAt(node, kinds, place) !== undefined) {
    const extent = kinds.bodies[type]!;
    const range = boundsOf(node, extent, regions, kinds.wrappers);
    const inside = range && trimmed(text, range.start, range.end, extent.close === undefined ? Math.min(offset, range.end) : offset);
    const name = bodyName(node, inside?.start ?? 0, text, regions);
    if (inside !== undefined) found.push({ kind: "body", ...inside, ...(name === undefined ? {} : { name }) });
  }
  return found;
}

/** Between what opens a node's inside and what closes it, or begins another branch; `end` NaN: what closes it is missing. Undefined: what opens it is. */
function boundsOf(
  node: Node,
  extent: BodyExtent,
  { parameters, branches }: Pick<RegionKinds, "parameters" | "branches">,
  wrappers: readonly string[] = [],
): { start: number; end: number } | undefined {
  const cursor = node.walk();
  try {
    const closer = extent.close === undefined ? node.endIndex : closerAt(cursor, extent.close);
    cursor.reset(node);
    const begins = beginsAt(cursor, extent);
    if (begins === undefined) return undefined;
    let start = Math.max(begins.offset, node.startIndex);
    if (begins.hasMore && parameters === cursor.nodeType) start = cursor.endIndex;
    const branch = begins.hasMore && branches !== undefined ? firstOf(cursor, branches, wrappers) : undefined;
    return { start, end: branch ?? closer };
  } finally {
    cursor.delete();
  }
}

/** Where the first of the cursor's node and its later siblings begins that is of such a kind, looking into what only wraps them. */
function firstOf(cursor: TreeCursor, kinds: readonly string[], wrappers: readonly string[]): number | undefined {
  do {
    if (kinds.includes(cursor.nodeType)) return cursor.startIndex;
    if (!wrappers.includes(cursor.nodeType) || !cursor.gotoFirstChild()) continue;
    const found = firstOf(cursor, kinds, wrappers);
    cursor.gotoParent();
    if (found !== undefined) return found;
  } while (cursor.gotoNextSibling());
  return undefined;
}

/** The range without white space at its ends; the place itself where there is nothing else. Undefined: the place is outside of it. */
function trimmed(text: string, start: number, end: number, offset: number): { start: number; end: number } | undefined {
  if (!(start <= offset && offset <= end)) return undefined;
  const inside = text.slice(start, end);
  if (inside.trim() === "") return { start: offset, end: offset };
  return { start: start + inside.length - inside.trimStart().length, end: start + inside.trimEnd().length };
}

function entries<V>(record: Partial<Record<NodeRegionKind, V>>): [NodeRegionKind, V][] {
  return Object.entries(record) as [NodeRegionKind, V][];
}
