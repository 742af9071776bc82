/**
 * Text for comparing tokenizers: code, many scripts, emoji, odd white space, broken UTF-16. Always the same lines; make_tokenizer_reference.py
 * gets them from here, too. Some hold line ends, since those have rules of their own.
 */
const KEYWORDS = [
  "def",
  "return",
  "if",
  "else",
  "for",
  "in",
  "import",
  "class",
  "const",
  "let",
  "function",
  "async",
  "await",
  "=>",
  "self",
  "this",
  "None",
  "null",
  "__proto__",
  "constructor",
];
const PARTS = [
  "get",
  "Value",
  "index",
  "_name",
  "user",
  "Id",
  "HTTP",
  "request",
  "2d",
  "x",
  "toString",
  "parse",
  "_",
  "total",
  "Count",
  "é",
  "λ",
];
const OPERATORS = [
  " = ",
  "==",
  "===",
  " += ",
  "->",
  "::",
  "(",
  ")",
  "[",
  "]",
  "{",
  "}",
  ";",
  ",",
  ", ",
  ".",
  "...",
  "?.",
  "??",
  "&&",
  " || ",
  "!",
  "<",
  ">",
  "</",
  "/>",
  "/*",
  "*/",
  "//",
  "# ",
  "\\n",
  "@",
  "$",
  "`",
  "%",
  "^",
  "~",
  "|>",
  "<|",
];
const STRINGS = [
  "'it's'",
  '"don\'t"',
  "'LL",
  "'Ve been",
  "we'RE",
  "'ſt",
  "'K",
  "f'{x!r}'",
  '"""',
  "`${a}`",
  "''",
  "I'm",
  "they'd'd",
  "'tis",
  "<|fim_pad|>",
  "<|endoftext|>",
  "<tool_call>",
  "[PAD151665]",
];
const SCRIPTS = [
  "größe",
  "naïve",
  "nai\u0308ve",
  "e\u0301e\u0302",
  "été",
  "Łódź",
  "İstanbul",
  "ǅ",
  "привет мир",
  "Ελληνικά",
  "עברית",
  "مرحبا بالعالم",
  "हिन्दी में",
  "ภาษาไทย",
  "漢字かな交じり文",
  "한국어",
  "\u1112\u1161\u11ab",
  "𝒜𝓃",
  "𐍈𐌰",
  "½²Ⅷ",
  "٣٤٥",
  "१२",
  "ﬁn",
  "ﬆ",
  "Å",
  "Å",
  "ß",
  "ñn\u0303",
];
const EMOJI = ["🙂", "👩‍👩‍👧‍👦", "🏳️‍🌈", "🇩🇪🇫🇷", "👍🏽", "1️⃣", "❤️", "©™", "→⇒", "🤷🏾‍♀️", "🫠"];
const BLANKS = [
  " ",
  "  ",
  "    ",
  "        ",
  "\t",
  "\t\t",
  " \t",
  "\n",
  "\r\n",
  "\r",
  "\n\n",
  "\n    ",
  "\r\n\t",
  "\u00a0",
  "\u3000",
  "\u2003 ",
  "\u2028",
  "\u0085",
  "\v",
  "\f",
  "\u200b",
  "\ufeff",
  "\u200d",
  "\u180e",
  "\u0000",
  "\u001b[0m",
  " \n \n",
  "   \n",
];
const BROKEN = ["\ud83d", "\ude42", "\ude42\ud83d", "\ud800\ud800", "a\udfffb", "\udbff ", "\ufffd"];

export const LINE_COUNT = 10_000;

export function tokenizerLines(): string[] {
  const random = mulberry32(20261124);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  const identifier = () => Array.from({ length: 1 + Math.floor(random() * 3) }, () => pick(PARTS)).join("");
  const number = () => pick(["0", "42", "3.14", "0xFF", "1_000", "1e-6", String(Math.floor(random() * 1e9))]);
  // Ranges that have long been assigned whole, so that both sides' Unicode versions agree.
  const codePoint = () => {
    const [from, to] = pick([[0x20, 0x7e], [0xa0, 0x24f], [0x391, 0x3a1], [0x400, 0x4ff], [0x5d0, 0x5ea], [0x620, 0x64a], [0x3041, 0x3096], [0x4e00, 0x9fa5], [0xac00, 0xd7a3], [0x1f600, 0x1f64f], [0x2190, 0x22ff], [0x300, 0x34e]] as const); // prettier-ignore
    return String.fromCodePoint(from + Math.floor(random() * (to - from + 1)));
  };
  const piece: readonly (() => string)[] = [
    () => pick(KEYWORDS) + " ",
    identifier,
    identifier,
    () => " " + identifier(),
    number,
    () => pick(OPERATORS),
    () => pick(OPERATORS),
    () => pick(STRINGS),
    () => pick(SCRIPTS),
    () => pick(EMOJI),
    () => pick(BLANKS),
    () => pick(BLANKS),
    codePoint,
    () => codePoint() + codePoint(),
    () => (random() < 0.3 ? pick(BROKEN) : " "),
    () => pick([...OPERATORS, ...BLANKS]).repeat(1 + Math.floor(random() * 20)),
  ];
  return Array.from({ length: LINE_COUNT }, () => Array.from({ length: 1 + Math.floor(random() * 24) }, () => pick(piece)()).join(""));
}

/** A small generator of random numbers in [0, 1) (github.com/cprosche/mulberry32, public domain). */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
