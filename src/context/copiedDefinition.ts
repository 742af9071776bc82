import { enclosingDefinition } from "./enclosingDefinition";

/** Blank lines, comments and decorators: who copies a definition takes what stands above it along. */
const ABOVE_CODE = /(?:[ \t]*(?:(?:\/\/|\/\*|\*|#|@|--).*)?\n)*[ \t]*/y;

/**
 * The name of the definition that a copied range is from: the innermost around its first code. Pure.
 * @param from UTF-16 units into `text`, as `to`
 * @returns undefined where none is around it
 */
export function copiedDefinition(
  text: string,
  found: ReadonlyMap<string, readonly number[]>,
  from: number,
  to: number,
): string | undefined {
  ABOVE_CODE.lastIndex = from;
  const skipped = ABOVE_CODE.exec(text)?.[0].length ?? 0;
  return enclosingDefinition(text, found, from + skipped < to ? from + skipped : from);
}
