/** Of a file outside the project its folder and its name: where someone's home lies is nobody's business, not even the model's. */
const PARTS_OUTSIDE = 2;

/**
 * The path that the model is told. Pure.
 * @param path below the project's folder, or, of a file outside, absolute or leading out of it
 * @returns with `/` between its parts, never absolute
 */
export function sentPath(path: string): string {
  const parts = path.split(/[\\/]/).filter((part) => part !== "" && part !== ".");
  const inside = parts.filter((part) => part !== ".." && !/^[A-Za-z]:/.test(part));
  const isOutside = /^[\\/]/.test(path) || inside.length < parts.length;
  return (isOutside ? inside.slice(-PARTS_OUTSIDE) : parts).join("/");
}
