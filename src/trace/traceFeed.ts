import type { TraceRecorder } from "./recording";
import { recordingHead } from "./recordingHead";
import type { HostMessage, PageMessage } from "./traceProtocol";

/** At most 30 rounds of messages a second: more than an eye sees, less than a page needs to draw. */
export const ROUND_MS = 34;

/** Calls back once, after the time; the function returned prevents it. */
export type Schedule = (callback: () => void, afterMs: number) => () => void;

/**
 * Keeps one page up to date with the recorder: whatever changed since the last round goes out together in the next. Since a round looks at
 * what the recorder holds, not at the events, nothing is lost by throttling. A hidden page gets nothing, and everything when it is shown.
 */
export class TraceFeed {
  private isVisible = true;
  private listIsStale = true;
  /** What the page has of the recording it watches. */
  private watched: { id: number; sent: number; thinned: number } | undefined;
  private cancelRound: (() => void) | undefined;
  private lastRoundMs = Number.NEGATIVE_INFINITY;
  private readonly subscription: { dispose(): void };

  /** @param nowMs a clock in milliseconds that does not run backwards */
  constructor(
    private readonly recorder: TraceRecorder,
    private readonly post: (message: HostMessage) => void,
    private readonly schedule: Schedule,
    private readonly nowMs: () => number,
  ) {
    this.subscription = recorder.onDidChange((change) => {
      if (change.kind === "list") this.listIsStale = true;
      if (change.kind === "list" || change.id === this.watched?.id) this.planRound();
    });
  }

  receive(message: PageMessage): void {
    switch (message.type) {
      case "ready":
        // A new page: what the one before it watched is not what this one shows.
        this.watched = undefined;
        return this.startAnew();
      case "watch":
        this.watched = { id: message.id, sent: -1, thinned: 0 };
        return this.planRound();
    }
  }

  setVisible(isVisible: boolean): void {
    const isShownAgain = isVisible && !this.isVisible;
    this.isVisible = isVisible;
    if (isShownAgain) this.startAnew();
  }

  dispose(): void {
    this.subscription.dispose();
    this.cancelRound?.();
    this.cancelRound = undefined;
  }

  private startAnew(): void {
    this.listIsStale = true;
    if (this.watched !== undefined) this.watched.sent = -1;
    this.planRound();
  }

  private planRound(): void {
    if (this.cancelRound !== undefined || !this.isVisible) return;
    const waitMs = Math.max(0, this.lastRoundMs + ROUND_MS - this.nowMs());
    this.cancelRound = this.schedule(() => {
      this.cancelRound = undefined;
      this.lastRoundMs = this.nowMs();
      if (this.isVisible) this.sendWhatChanged();
    }, waitMs);
  }

  private sendWhatChanged(): void {
    // Steps first: when the list says that a request ended, the page then has its last step already.
    this.sendWatched();
    if (!this.listIsStale) return;
    this.listIsStale = false;
    this.post({ type: "list", heads: this.recorder.recordings.map(recordingHead).reverse() });
  }

  private sendWatched(): void {
    const watched = this.watched;
    const recording = watched && this.recorder.find(watched.id);
    if (recording === undefined || watched === undefined) return;
    const { id, steps, thinned, request } = recording;
    if (watched.sent < 0 || watched.thinned !== thinned) {
      this.post({ type: "recording", id, before: request.before, after: request.after, steps: [...steps] });
    } else if (steps.length > watched.sent) {
      this.post({ type: "steps", id, from: watched.sent, steps: steps.slice(watched.sent) });
    }
    watched.sent = steps.length;
    watched.thinned = thinned;
  }
}
