/**
 * The longest head of `bytes` that is whole, valid UTF-8 characters: neither a character's first bytes at the end nor anything from the first
 * invalid byte on.
 * @returns the text, and how many bytes it took
 */
export function wholeCharacters(bytes: ArrayLike<number>): { readonly text: string; readonly bytes: number } {
  let end = 0;
  while (end < bytes.length) {
    const length = characterLength(bytes, end);
    if (length === 0) break;
    end += length;
  }
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(Uint8Array.from({ length: end }, (_, i) => bytes[i]!));
  return { text, bytes: end };
}

/** Bytes of the character at `at`, 0 where there is no whole one. Ranges: The Unicode Standard, table 3-7 (well-formed UTF-8). */
function characterLength(bytes: ArrayLike<number>, at: number): number {
  const lead = bytes[at]!;
  if (lead < 0x80) return 1;
  const length = lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
  if (length === 0 || at + length > bytes.length) return 0;
  const lowest = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const highest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  if (bytes[at + 1]! < lowest || bytes[at + 1]! > highest) return 0;
  for (let i = 2; i < length; i++) if ((bytes[at + i]! & 0xc0) !== 0x80) return 0;
  return length;
}
