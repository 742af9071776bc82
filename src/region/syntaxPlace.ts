/** A place in a text, as a tree is asked about it. */
export interface SyntaxPlace {
  /** UTF-16 units from the text's start */
  readonly offset: number;
  /** offset of the last character before the place that is not white space, or -1 */
  readonly probe: number;
  /** the place's column in its line, UTF-16 units */
  readonly column: number;
}
