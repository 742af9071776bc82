/** What may stand after the cursor without being in the way: closing brackets, quotes and what ends a statement. */
export const ONLY_CLOSERS = /^[\s)\]}>"'`;,:]*$/;
