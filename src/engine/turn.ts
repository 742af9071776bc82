/** A window's right to hold a loaded engine, as the supervisor sees it. */
export interface Turn {
  /**
   * Resolves when this window has the turn; its engine may be loaded then.
   * @param signal ends the wait
   * @returns false where it is not wanted any more
   */
  take(signal: AbortSignal): Promise<boolean>;
  /** There is no engine here any more: nobody needs to be watched. Another window takes the turn when it asks. */
  rest(): void;
  /** Another window has taken the turn. Called once for each turn. */
  onLost: () => void;
}
