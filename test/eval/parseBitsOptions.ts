import type { Precision } from "../../src/model/weights";
import { argumentsOf } from "./argumentsOf";
import { countOf } from "./countOf";
import { EvalError } from "./evalError";
import type { ModelToPrepare } from "./withPreparedModel";

export interface BitsOptions {
  readonly data: string;
  readonly limit: number;
  /** of each text */
  readonly chars: number;
  /** Stands before the others. Absent: none is prepared. */
  readonly toPrepare: ModelToPrepare | undefined;
  /** of prepared models; one at least, where none is prepared */
  readonly directories: readonly string[];
}

const PRECISIONS: readonly Precision[] = ["int8", "float32"];

/** @throws EvalError badOption */
export function parseBitsOptions(args: readonly string[]): BitsOptions {
  const text = { type: "string" } as const;
  const options = {
    ...{ data: text, limit: text, chars: text, prepare: text, base: text, precision: text },
    "no-adapter": { type: "boolean" },
  } as const;
  const { values, positionals: directories } = argumentsOf({ args: [...args], allowPositionals: true, options });
  const { data, prepare: manifest, base, precision } = values;
  if (data === undefined) throw badOption("--data FILE is missing.");
  const stray = (["base", "precision", "no-adapter"] as const).find((name) => values[name] !== undefined);
  if (manifest === undefined && stray !== undefined)
    throw badOption(`--${stray} is for a model that is prepared: name its manifest with --prepare.`);
  if (manifest !== undefined && base === undefined) throw badOption("--prepare needs the base's weights: name them with --base.");
  if (manifest === undefined && directories.length === 0) throw badOption("Name prepared models' folders, or a manifest with --prepare.");
  return {
    data,
    limit: countOf("limit", values.limit, 1, Infinity) ?? 100,
    chars: countOf("chars", values.chars, 1, Infinity) ?? 2_400,
    toPrepare:
      manifest === undefined
        ? undefined
        : { manifest, base: base!, precision: precisionOf(precision ?? "float32"), withAdapter: values["no-adapter"] !== true },
    directories,
  };
}

function precisionOf(name: string): Precision {
  const found = PRECISIONS.find((one) => one === name);
  if (found !== undefined) return found;
  throw badOption(`--precision is one of ${PRECISIONS.join(", ")}, not ${name}.`);
}

function badOption(detail: string): EvalError {
  return new EvalError({ kind: "badOption", detail });
}
