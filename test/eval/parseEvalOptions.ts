import { argumentsOf } from "./argumentsOf";
import { countOf } from "./countOf";
import { CONTEST_SAMPLERS, type ContestSampler } from "./engineContestant";
import { EvalError } from "./evalError";

export interface EvalOptions {
  readonly data: string;
  readonly limit: number;
  /** Empty: every folder under models/. */
  readonly models: readonly string[];
  readonly baseAlone: boolean;
  readonly samplers: readonly ContestSampler[];
  /** where node-llama-cpp is installed */
  readonly peer: string | undefined;
  readonly base: string | undefined;
  /** 0: as the engine chooses */
  readonly threads: number;
  readonly maxTokens: number;
  /** Masks in a block. Absent: what the model's manifest says for the sampler. */
  readonly block: number | undefined;
  /** Whether the model sees the file's path. */
  readonly path: boolean;
  /** where the problems' packages are: the model sees the path and pieces of the package's other files */
  readonly files: string | undefined;
  /** so much of what stands before the region is there */
  readonly prefixChars: number | undefined;
  readonly json: string | undefined;
}

const MOST_TOKENS = 1_024;
const MOST_MASKS = 32;

/**
 * @param peerFolder where the peer is looked for if `--peer` names no folder
 * @throws EvalError badOption
 */
export function parseEvalOptions(args: readonly string[], peerFolder: string): EvalOptions {
  const { values } = parse(args.flatMap((arg, at) => (arg === "--peer" && isLast(args, at) ? [arg, peerFolder] : [arg])));
  if (values.data === undefined) throw badOption("--data FILE is missing.");
  const one = <T>(name: string, all: readonly T[] | undefined): T | undefined => {
    if (all !== undefined && all.length > 1) throw badOption(`--${name} may stand there once.`);
    return all?.[0];
  };
  return {
    data: one("data", values.data)!,
    limit: countOf("limit", one("limit", values.limit), 1, Infinity) ?? Infinity,
    models: values.model ?? [],
    baseAlone: values["base-alone"],
    samplers: samplersOf(values.sampler ?? ["verified"]),
    peer: one("peer", values.peer),
    base: one("base", values.base),
    threads: countOf("threads", one("threads", values.threads), 0, 64) ?? 0,
    maxTokens: countOf("max-tokens", one("max-tokens", values["max-tokens"]), 1, MOST_TOKENS) ?? 96,
    block: countOf("block", one("block", values.block), 1, MOST_MASKS),
    path: values.path,
    files: one("files", values.files),
    prefixChars: countOf("prefix-chars", one("prefix-chars", values["prefix-chars"]), 1, Infinity),
    json: one("json", values.json),
  };
}

/** Whether no value follows an option. */
function isLast(args: readonly string[], at: number): boolean {
  return args[at + 1] === undefined || args[at + 1]!.startsWith("--");
}

function parse(args: readonly string[]) {
  const text = { type: "string", multiple: true } as const;
  return argumentsOf({
    args: [...args],
    options: {
      ...{ data: text, limit: text, model: text, sampler: text, peer: text, base: text, threads: text },
      ...{ "max-tokens": text, block: text, files: text, "prefix-chars": text, json: text },
      ...{ "base-alone": { type: "boolean", default: false }, path: { type: "boolean", default: false } },
    },
  });
}

function samplersOf(named: readonly string[]): ContestSampler[] {
  const known = Object.keys(CONTEST_SAMPLERS) as ContestSampler[];
  const all = named.flatMap((names) => names.split(",")).flatMap((name) => (name === "all" ? known : [name]));
  const samplers = all.map((name) => {
    const found = known.find((one) => one === name);
    if (found === undefined) throw badOption(`There is no sampler ${name}: choose from ${known.join(", ")}, all.`);
    return found;
  });
  return [...new Set(samplers)];
}

function badOption(detail: string): EvalError {
  return new EvalError({ kind: "badOption", detail });
}
