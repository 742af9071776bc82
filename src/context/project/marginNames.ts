import { definitions } from "../definitions";

/** Names that a text defines in lines without indentation: what is defined further in is seldom another file's to use. Pure. */
export function marginNames(text: string): string[] {
  return [...definitions(text)].filter(([, offsets]) => offsets.some((offset) => !/[ \t]/.test(text[offset] ?? ""))).map(([name]) => name);
}
