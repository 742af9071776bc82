import type { Node } from "web-tree-sitter";
import type { RegionKinds } from "./regionKinds";

/** Fields of a node whose child names something: what is declared, called, looked up or typed. */
const NAME_FIELDS = new Set([
  "alias",
  "attribute",
  "constructor",
  "declarator",
  "field",
  "function",
  "key",
  "label",
  "macro",
  "method",
  "name",
  "operator",
  "parameter",
  "parameters",
  "pattern",
  "property",
  "trait",
  "type",
]);

/** What holds values and is no region itself. */
const VALUE_HOLDERS = new Set([
  "argument",
  "array_element_initializer",
  "element_value_pair",
  "expression_list",
  "field_initializer",
  "init_declarator",
  "interpolation",
  "keyword_argument",
  "jsx_expression",
  "literal_element",
  "pair",
  "spread_element",
  "template_substitution",
  "variable_declarator",
]);

/** Whether a name or a literal stands for a value, and does not name something. */
export function isValue(leaf: Node, regions: RegionKinds): boolean {
  const { parent } = leaf;
  if (parent === null) return false;
  const { type } = parent;
  const holds =
    VALUE_HOLDERS.has(type) ||
    Object.values(regions.wholes).some((kinds) => kinds.includes(type)) ||
    Object.values(regions.within ?? {}).some((within) => Object.hasOwn(within, type)) ||
    regions.holders?.includes(type) === true;
  return holds && !NAME_FIELDS.has(fieldOf(leaf, parent) ?? "");
}

function fieldOf(node: Node, parent: Node): string | null {
  const cursor = parent.walk();
  try {
    for (let more = cursor.gotoFirstChild(); more; more = cursor.gotoNextSibling()) {
      if (cursor.nodeId === node.id) return cursor.currentFieldName;
    }
    return null;
  } finally {
    cursor.delete();
  }
}
