import { EvalError } from "./evalError";

/** The number that an option says; undefined where it is not there. @throws EvalError badOption where it is none from `least` to `most` */
export function countOf(option: string, value: string | undefined, least: number, most: number): number | undefined {
  if (value === undefined) return undefined;
  const count = value.trim() === "" ? NaN : Number(value);
  if (Number.isInteger(count) && count >= least && count <= most) return count;
  const detail = `--${option} is a whole number from ${least}${most === Infinity ? "" : ` to ${most}`}, not ${value}.`;
  throw new EvalError({ kind: "badOption", detail });
}
