/** A name, and where it begins: UTF-16 units from the cursor, negative before it. */
export interface NamedPlace {
  readonly name: string;
  readonly offset: number;
}

/** Names are looked for so near the cursor: characters before and after it. */
export const NEAR_BEFORE = 700;
export const NEAR_AFTER = 200;
const NAME = /[A-Za-z_]\w{3,}/g;

/** All occurrences of names of four letters or more, the nearest to the cursor first; those behind it last. What the edge cuts counts as if it were whole. Pure. */
export function namesNear(before: string, after: string): NamedPlace[] {
  const head = before.slice(-NEAR_BEFORE);
  const places = (text: string, from: number): NamedPlace[] =>
    [...text.matchAll(NAME)].map(({ 0: name, index }) => ({ name, offset: index + from }));
  return [...places(head, -head.length).reverse(), ...places(after.slice(0, NEAR_AFTER), 0)];
}
