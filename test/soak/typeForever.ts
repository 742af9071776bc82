import { TracedEditor, type TypingTrace } from "../replay/typingTrace";

export interface Typed {
  readonly editor: TracedEditor;
  /** false: only the cursor moved */
  readonly isKeystroke: boolean;
}

/**
 * A trace's events again and again: each time the documents begin with all that was written before, until one has `mostChars`; then there are
 * new ones, with names of their own.
 */
export function* typeForever(trace: TypingTrace, mostChars: number): Generator<Typed, never> {
  let written = trace.documents.map(() => "");
  for (let generation = 1; ;) {
    const editor = new TracedEditor(behind(trace, written, `soak-${generation}/`));
    for (const event of editor.trace.events) {
      editor.apply(event);
      yield { editor, isKeystroke: event.removed + event.inserted.length > 0 };
    }
    written = [...editor.texts];
    if (written.every(({ length }) => length < mostChars)) continue;
    written = trace.documents.map(() => "");
    generation += 1;
  }
}

/** The same typing in documents that have more text in front. */
function behind(trace: TypingTrace, before: readonly string[], folder: string): TypingTrace {
  return {
    documents: trace.documents.map(({ name, languageId, text }, at) => ({ name: folder + name, languageId, text: before[at]! + text })),
    events: trace.events.map((event) => ({ ...event, offset: event.offset + before[event.document]!.length })),
  };
}
