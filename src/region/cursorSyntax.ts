/** What a syntax tree says about a place; the pure part of region/ asks no more of it. */
export interface CursorSyntax {
  readonly inside: "code" | "comment" | "string";
  /** The innermost body (block, class body, …) around the place. Absent: none, or unknown. */
  readonly body?: {
    /** nothing in it but comments, doc strings and white space */
    readonly empty: boolean;
  };
}
