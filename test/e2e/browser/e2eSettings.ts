/**
 * Settings of Unmask for tests with the real model, which UNMASK_MODEL_DIR names. The machine may be slow, and its speed is not what is tested: so
 * the deadline is far. Nor is it how sure the model is of these lines, which the context around them changes: all it writes is shown. That what it is
 * unsure of is kept back is tested with the fixed model.
 */
export function e2eSettings(): Record<string, unknown> {
  return { "unmask.model.path": process.env["UNMASK_MODEL_DIR"] ?? "", "unmask.deadlineMs": 15_000, "unmask.leastSureness": 0 };
}
