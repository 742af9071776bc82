interface Headers {
  /** Lines whose body comes next, whatever else one might type at their end. */
  readonly always?: RegExp;
  /** Lines that are headers only once the next is begun: at their end a condition, or a value, may still go on. */
  readonly onceOver?: RegExp;
}

const WORDS: Headers = { always: /\b(?:do|then|begin)\s*(?:\|[^|]*\|)?\s*$|^\s*(?:def|class|module|function)\b[^=]*$/ };
const JSON_HEADERS: Headers = { always: /\[\s*$/ };

/** Headers where more than a brace or an arrow at the line's end opens a body. */
const HEADERS: Readonly<Record<string, Headers>> = {
  python: {
    always:
      /^\s*(?:async\s+)?(?:def|class|if|elif|else|for|while|with|try|except|finally|match|case)\b.*:\s*(?:#.*)?$|^\s*\)\s*(?:->[^:]*)?:\s*(?:#.*)?$/,
  },
  lua: WORDS,
  elixir: WORDS,
  julia: WORDS,
  ruby: {
    always:
      /^(?!\s*#)(?:.*\b(?:do|then|begin)\s*(?:\|[^|]*\|)?|\s*(?:else|ensure|rescue)|\s*(?:def|class|module)\b[^=]*|\s*def\s+[^\s(=]+\([^()]*\))\s*$/,
    onceOver: /^\s*(?:if|elsif|unless|while|until|for|case|when|in|rescue)\b(?!.*\b(?:then\b.*\S|end\s*$))/,
  },
  shellscript: {
    always:
      /^(?!\s*#)(?:.*[\s;]|\s*)(?:do|then|else)\s*(?:#.*)?$|^\s*case\s.*\sin\s*$|^\s*function\s+[\w-]+\s*(?:\(\))?\s*$|^\s*\(?[^\s()#|]+(?:\s*\|\s*[^\s()#|]+)*\)\s*$/,
  },
  yaml: {
    always: /^(?!\s*#).*(?::|-)\s+[|>][-+\d]*\s*(?:#.*)?$|[[]\s*$/,
    onceOver: /^\s*(?:-\s+)*(?:"[^"]*"|'[^']*'|[^\s#'"[{&*!|>%@-][^#]*):\s*(?:[&!]\S+\s*)?(?:#.*)?$/,
  },
  php: { always: /^\s*(?:if|elseif|else|for|foreach|while|switch)\b.*:\s*$/ },
  html: {
    always:
      /<(?!(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)\b)[a-z][\w:-]*(?:\s(?:[^<>"']|"[^"]*"|'[^']*')*)?(?<!\/)>\s*$/i,
  },
  json: JSON_HEADERS,
  jsonc: JSON_HEADERS,
};

/**
 * Whether a line is a signature or a header whose body comes on the next lines.
 * @param isOver the next line is begun already
 */
export function opensBody(line: string, languageId: string, isOver: boolean): boolean {
  const headers = Object.hasOwn(HEADERS, languageId) ? HEADERS[languageId] : undefined;
  if (headers?.always?.test(line) === true || (isOver && headers?.onceOver?.test(line) === true)) return true;
  return languageId !== "python" && /(?:\{|=>)\s*$/.test(line);
}
