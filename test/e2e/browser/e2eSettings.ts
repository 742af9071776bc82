/** Settings of Unmask for the tests. */
export function e2eSettings(): Record<string, unknown> {
  return {};
}
