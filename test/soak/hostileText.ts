/** Text that breaks what was written for friendly text. */
export const HOSTILE_TEXT: readonly string[] = [
  ...["<|fim_prefix|>", "<|fim_suffix|>", "<|fim_middle|>", "<|endoftext|>", "<|im_end|>", "<|fim_pad|>", "<|mask|>", "</s>", "[MASK]"],
  ...["\ud83d", "\ude00", "😀", "👩‍👩‍👧", "é", "ｆｕｌｌ", "שלום", "\u2028", "\u2029", "\u200b", "\ufeff", "\ufffd", "\0", "\x1b[31m", "\x7f"],
  ...[")", "]", "}", "(((((", "}}}}}", "'", '"', "`", "${", "*/", "/*", "//", '"""', "#", "\\", "\t", "    ", "   \t  "],
  ...["const a = ", "return ", "if (x) {", "def f(x):", "class A:", "=> {", "foo(bar, ", "function f() {", "Content-Length: 5\r\n\r\n"],
];

/** Some of it, one after the other. */
export function hostileText(random: () => number, pieces: number): string {
  return Array.from({ length: pieces }, () => HOSTILE_TEXT[Math.floor(random() * HOSTILE_TEXT.length)]!).join("");
}
