/**
 * Settings of Unmask for tests with the real model, which UNMASK_MODEL_DIR names. The machine may be slow, and its speed is not what is tested: so
 * the deadline is far. And what a model of this size is sure of is not what is tested either: all it says is shown.
 */
export function e2eSettings(): Record<string, unknown> {
  return { "unmask.model.path": process.env["UNMASK_MODEL_DIR"] ?? "", "unmask.deadlineMs": 15_000, "unmask.leastSureness": 0 };
}
