/**
 * The messages between the extension (host) and the trace panel's page, both ways.
 * The page is destroyed while it is hidden and made anew: after `ready` it knows nothing but what it stored itself.
 */
import type { DenoisingStep, InfillEnd, InfillTimes, RegionKind, SamplerName } from "../backends/infiller";
import type { RecordingPlace } from "./recording";

export type OutcomeHead =
  | { readonly kind: "running" }
  | { readonly kind: "failed"; readonly message: string }
  | {
      readonly kind: "finished";
      readonly ended: InfillEnd;
      readonly passes: number;
      readonly writtenTokens: number;
      readonly prefillTokens: number;
      readonly cachedTokens: number;
      readonly times: InfillTimes;
      readonly fits: boolean;
      readonly model: string;
      readonly isEmpty: boolean;
    };

/** A recording without its steps: what a row of the list needs. */
export interface RecordingHead {
  readonly id: number;
  readonly place: RecordingPlace;
  readonly region: RegionKind;
  readonly languageId: string;
  readonly sampler: SamplerName;
  /** Milliseconds since 1970. */
  readonly startedAtMs: number;
  /** Whether steps of this long recording were dropped to save memory. */
  readonly isThinned: boolean;
  readonly outcome: OutcomeHead;
}

export type HostMessage =
  /** All recordings, newest first. Sent when one starts or ends. */
  | { readonly type: "list"; readonly heads: readonly RecordingHead[] }
  /** The watched recording, whole: replaces what the page has of it. */
  | {
      readonly type: "recording";
      readonly id: number;
      /** text before the region, its last characters */
      readonly before: string;
      /** text after the region, its first characters */
      readonly after: string;
      readonly steps: readonly DenoisingStep[];
    }
  /** New steps of the watched recording; `from` is the index of the first. */
  | { readonly type: "steps"; readonly id: number; readonly from: number; readonly steps: readonly DenoisingStep[] };

export type PageMessage =
  /** The page was loaded and listens. */
  | { readonly type: "ready" }
  /** Send this recording's steps, now and while it grows; those of no other. */
  | { readonly type: "watch"; readonly id: number };

/** What a message from the page says; undefined for anything else, which is then ignored: the page is not trusted with more. */
export function parsePageMessage(message: unknown): PageMessage | undefined {
  if (typeof message !== "object" || message === null || !("type" in message)) return undefined;
  if (message.type === "ready") return { type: "ready" };
  if (message.type === "watch" && "id" in message && Number.isSafeInteger(message.id)) return { type: "watch", id: message.id as number };
  return undefined;
}
