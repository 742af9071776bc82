import type { InfillRequest } from "../../src/backends/infiller";
import { readTrace, TracedEditor } from "../replay/typingTrace";

/** Places in the replayed files as they are at the end: what was typed there is masked, the file around it is the context. */
export function decodePrompts(count: number, prefixChars = 1_600): InfillRequest[] {
  const trace = readTrace();
  const editor = new TracedEditor(trace);
  for (const event of trace.events) editor.apply(event);
  return Array.from({ length: count }, (_, i) => {
    const document = i % trace.documents.length;
    const text = editor.texts[document]!;
    const lines = text.split("\n");
    const line = Math.floor(lines.length * (0.3 + (0.6 * i) / count));
    const before = lines.slice(0, line).join("\n") + "\n";
    return {
      prefix: before.slice(-prefixChars),
      suffix: lines.slice(line + 3).join("\n"),
      region: "span",
      languageId: trace.documents[document]!.languageId,
      maxTokens: 48,
      sampler: "verified",
    };
  });
}
