type Check = (value: unknown) => boolean;

/** Whether a value that came from another process is an object whose fields pass their checks. Fields that are not named may be anything. */
export function hasFields(value: unknown, checks: Readonly<Record<string, Check>>): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(checks).every(([name, check]) => check((value as Record<string, unknown>)[name]));
}

export const isString: Check = (value) => typeof value === "string";
export const isBoolean: Check = (value) => typeof value === "boolean";
export const isFiniteNumber: Check = (value) => Number.isFinite(value);
export const orAbsent =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
export const isOneOf =
  (values: readonly string[]): Check =>
  (value) =>
    values.includes(value as string);
export const isArrayOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
