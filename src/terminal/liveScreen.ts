const HIDE_CURSOR = "\x1b[?25l";
const SHOW_CURSOR = "\x1b[?25h";
/** Long lines are cut at the edge: a line of the frame is a line of the terminal. */
const NO_WRAP = "\x1b[?7l";
const WRAP = "\x1b[?7h";
const CLEAR_BELOW = "\x1b[J";

/** Draws frames over one another in a terminal. */
export class LiveScreen {
  #drawn = 0;
  #open = false;

  constructor(private readonly out: { write(text: string): unknown }) {}

  draw(lines: readonly string[]): void {
    const start = this.#open ? "" : HIDE_CURSOR + NO_WRAP;
    const back = this.#drawn > 0 ? `\x1b[${this.#drawn}A\r` : "";
    this.out.write(`${start}${back}${CLEAR_BELOW}${lines.join("\n")}\n`);
    this.#open = true;
    this.#drawn = lines.length;
  }

  /** Gives the cursor back; what is drawn stays. Safe to call twice. */
  close(): void {
    if (this.#open) this.out.write(WRAP + SHOW_CURSOR);
    this.#open = false;
    this.#drawn = 0;
  }
}
