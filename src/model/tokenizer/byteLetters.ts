/**
 * The letter that stands for each byte in the vocabulary files of byte-level BPEs (GPT-2's `bytes_to_unicode`): printable Latin-1 stands for
 * itself, all other bytes for U+0100 onwards, in order. So every token is printable text without spaces.
 */
export const BYTE_LETTERS: readonly string[] = makeLetters();

const BYTE_OF: ReadonlyMap<string, number> = new Map(BYTE_LETTERS.map((letter, byte) => [letter, byte]));

/** The bytes of a token written in letters; undefined where a letter stands for no byte. */
export function bytesOfLetters(letters: string): Uint8Array | undefined {
  const bytes = new Uint8Array(letters.length);
  for (let index = 0; index < letters.length; index++) {
    const byte = BYTE_OF.get(letters[index]!);
    if (byte === undefined) return undefined;
    bytes[index] = byte;
  }
  return bytes;
}

function makeLetters(): string[] {
  const letters: string[] = [];
  let next = 0x100;
  for (let byte = 0; byte < 0x100; byte++) {
    const printable = (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte !== 0xad);
    letters.push(String.fromCharCode(printable ? byte : next++));
  }
  return letters;
}
