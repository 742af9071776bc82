import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface TracedDocument {
  readonly name: string;
  readonly languageId: string;
  /** as it is before the first event */
  readonly text: string;
}

/** One thing a person does: some text is replaced, and the cursor stands behind it. Nothing removed and nothing inserted: the cursor jumps. */
export interface TypingEvent {
  /** since the trace began */
  readonly atMs: number;
  /** index into `documents` */
  readonly document: number;
  /** UTF-16 offset, in the document as it is then */
  readonly offset: number;
  /** UTF-16 units */
  readonly removed: number;
  readonly inserted: string;
}

/** A person's keystrokes over some files; `makeTrace.ts` says where they come from. Line ends are `\n`. */
export interface TypingTrace {
  readonly documents: readonly TracedDocument[];
  readonly events: readonly TypingEvent[];
}

export const TRACE_FILE = join(__dirname, "trace.json");

export function readTrace(): TypingTrace {
  return JSON.parse(readFileSync(TRACE_FILE, "utf8")) as TypingTrace;
}

/** The documents' texts, and where the cursor is: what a trace's events change, one after the other. */
export class TracedEditor {
  readonly texts: string[];
  document = 0;
  /** UTF-16 offset */
  cursor = 0;

  constructor(readonly trace: TypingTrace) {
    this.texts = trace.documents.map(({ text }) => text);
  }

  apply({ document, offset, removed, inserted }: TypingEvent): void {
    const text = this.texts[document]!;
    this.texts[document] = text.slice(0, offset) + inserted + text.slice(offset + removed);
    this.document = document;
    this.cursor = offset + inserted.length;
  }
}
