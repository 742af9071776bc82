import type { TracedDocument, TypingEvent, TypingTrace } from "./typingTrace";

/** Milliseconds between two keys: log-normal around this median, as measured for practised typists (Dhakal et al., CHI 2018: 52 words a minute on average). */
const MEDIAN_KEY_MS = 140;
const KEY_SPREAD = 0.45;
const AFTER_SPACE = 1.15;
const AFTER_SYMBOL = 1.35;
/** Share of letters that come out wrong and are corrected at once. */
const TYPOS = 0.02;

/** Writes a trace: what is typed is given, and when is drawn, the same for the same seed. */
export class Typist {
  private readonly texts: string[];
  private readonly events: TypingEvent[] = [];
  private atMs = 1_000;
  private document = 0;
  private cursor = 0;

  constructor(
    private readonly documents: readonly TracedDocument[],
    private seed: number,
  ) {
    this.texts = documents.map(({ text }) => text);
  }

  /** Looks at another place: the cursor goes right behind (or in front of) the only occurrence of `mark`. */
  jump(document: number, mark: string, side: "behind" | "before" = "behind"): this {
    const text = this.texts[document]!;
    const at = text.indexOf(mark);
    if (at < 0 || text.indexOf(mark, at + 1) >= 0) throw new Error(`not exactly once in ${this.documents[document]!.name}: ${mark}`);
    this.pause(900);
    this.document = document;
    this.cursor = side === "behind" ? at + mark.length : at;
    this.put(0, "");
    return this.pause(500);
  }

  /** Types text key by key, with a typo now and then. A line break brings its line's indentation with it, as an editor does. */
  type(text: string): this {
    for (let at = 0; at < text.length;) {
      const key = text[at] === "\n" ? /^\n[ \t]*/.exec(text.slice(at))![0] : text[at]!;
      if (/[a-z]/.test(key) && this.random() < TYPOS) {
        this.key(String.fromCharCode(97 + Math.floor(this.random() * 26)));
        this.pause(180).erase(1);
      }
      this.key(key);
      at += key.length;
      if (key[0] === "\n") this.pause(350);
    }
    return this;
  }

  /** Backspace, so often. */
  erase(times: number): this {
    for (let i = 0; i < times; i++) {
      this.atMs += this.interval(0.8);
      this.cursor -= 1;
      this.put(1, "");
    }
    return this;
  }

  /** Thinks for about so long. */
  pause(ms: number): this {
    this.atMs += ms * (0.7 + 0.6 * this.random());
    return this;
  }

  get trace(): TypingTrace {
    return { documents: this.documents, events: this.events };
  }

  private key(text: string): void {
    const last = this.texts[this.document]![this.cursor - 1] ?? "";
    this.atMs += this.interval(/\s/.test(last) ? AFTER_SPACE : /\w/.test(text) ? 1 : AFTER_SYMBOL);
    this.put(0, text);
  }

  private put(removed: number, inserted: string): void {
    const text = this.texts[this.document]!;
    this.texts[this.document] = text.slice(0, this.cursor) + inserted + text.slice(this.cursor + removed);
    this.events.push({ atMs: Math.round(this.atMs), document: this.document, offset: this.cursor, removed, inserted });
    this.cursor += inserted.length;
  }

  private interval(factor: number): number {
    const normal = Math.sqrt(-2 * Math.log(1 - this.random())) * Math.cos(2 * Math.PI * this.random());
    return MEDIAN_KEY_MS * factor * Math.exp(KEY_SPREAD * normal);
  }

  /** Uniform in [0, 1): the generator of Park and Miller (Communications of the ACM, 1988). */
  private random(): number {
    this.seed = (this.seed * 48_271) % 0x7fffffff;
    return this.seed / 0x7fffffff;
  }
}
