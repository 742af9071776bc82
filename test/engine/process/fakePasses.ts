/** How long the fake engine takes for a pass. */
export const PASS_MS = 20;
/** And for one of a request whose prefix begins with "unhurried". */
export const UNHURRIED_PASS_MS = 500;
