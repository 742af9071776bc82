/** Skips what wants the real model where there is none. @param context of mocha's `before` */
export function skipWithoutModel(context: Mocha.Context): void {
  if (process.env["UNMASK_MODEL_DIR"] !== undefined) return;
  console.log("      not run: there is no real model (UNMASK_MODEL_DIR)");
  context.skip();
}
