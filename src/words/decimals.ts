import { uiLanguage } from "./uiLanguage";

/** A number with so many digits behind the point, which is a comma in some languages. */
export function decimals(value: number, digits: number): string {
  return value.toLocaleString(uiLanguage(), { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: false });
}
