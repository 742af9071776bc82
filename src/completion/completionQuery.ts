import type { RelatedPiece, SamplerName } from "../backends/infiller";
import type { CursorSyntax } from "../region/cursorSyntax";
import type { RecordingPlace } from "../trace/recording";
import type { SelectedItem } from "./placeText";

/** All that a suggestion depends on. */
export interface CompletionQuery {
  /** the document's URI */
  readonly document: string;
  /** what the trace shows as where */
  readonly place: RecordingPlace;
  readonly languageId: string;
  /** what the model is told as the file's path; absent: it has no name */
  readonly path?: string | undefined;
  /** pieces of other files, most relevant last; an answer made with other ones is still an answer */
  readonly related?: readonly RelatedPiece[] | undefined;
  /** Text around the cursor as if the suggest widget's selected item were typed; `\n` line ends. */
  readonly before: string;
  readonly after: string;
  /** the cursor's line as it is, without the selected item */
  readonly lineBefore: string;
  readonly lineAfter: string;
  readonly selected?: SelectedItem | undefined;
  /** asked for by key or command */
  readonly invoked: boolean;
  /** With `invoked`: what is shown is asked for anew, and stays in the region that typing has here. */
  readonly regionAsTyped?: boolean;
  /** Alternatives are asked for, by key, to what is shown: the place admits them, and the region is the one of what is shown. */
  readonly wantsOthers?: boolean;
  readonly syntax?: CursorSyntax | undefined;
  /** what the editor indents by, a tab or some spaces; undefined: not known */
  readonly indentUnit?: string | undefined;
  readonly settings: CompletionSettings;
}

export interface CompletionSettings {
  readonly sampler: SamplerName;
  /** undefined: what the model's manifest says */
  readonly blockSize: number | undefined;
  readonly maxTokens: number;
  /** in [0, 1]; undefined: learned */
  readonly leastSureness: number | undefined;
  /** Milliseconds after which the head that is certain is the answer. */
  readonly deadlineMs: number;
  readonly multiline: "auto" | "never";
  /** "manual": only where `invoked` */
  readonly trigger: "automatic" | "manual";
  /** whether comments get suggestions too */
  readonly comments: boolean;
  /** whether string literals do; what is code within one always does */
  readonly strings: boolean;
}
