/** Says each cause at most once, until it is over. */
export class OnceNotices {
  private readonly said = new Set<string>();

  constructor(private readonly show: (message: string) => void) {}

  say(cause: string, message: string): void {
    if (this.said.has(cause)) return;
    this.said.add(cause);
    this.show(message);
  }

  /** The cause is gone: should it come back, it is news. */
  over(cause: string): void {
    this.said.delete(cause);
  }
}
