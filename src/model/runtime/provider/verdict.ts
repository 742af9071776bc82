/** Which provider computes on one machine, and why the others do not. */
export interface Verdict {
  /** what it holds for: the machine, onnxruntime's version and the prepared model */
  readonly key: string;
  /** "cpu", or the GPU provider that the next start takes */
  readonly provider: string;
  /** what was found of each GPU provider, one clause each, for people */
  readonly found: Readonly<Record<string, string>>;
  /** process id of the engine that computes with the GPU provider; it takes it away at its orderly end */
  readonly usedBy?: number;
}

/** What a start does with what is known. */
export type Choice =
  /** nothing is known: the CPU computes, and the providers are to be probed */
  | { readonly kind: "probe" }
  | { readonly kind: "cpu" }
  | { readonly kind: "provider"; readonly provider: string }
  /** the engine before this one died while it used the GPU: CPU, and the verdict is to say so */
  | { readonly kind: "died"; readonly provider: string };

/** @param verdict undefined: there is none. @param isAlive whether a process is there */
export function chooseProvider(verdict: Verdict | undefined, key: string, isAlive: (pid: number) => boolean): Choice {
  if (verdict?.key !== key) return { kind: "probe" };
  const { provider, usedBy } = verdict;
  if (provider === "cpu") return { kind: "cpu" };
  if (usedBy === undefined) return { kind: "provider", provider };
  // Two engines at once (two windows never have them, the terminal may) do not share a GPU's memory.
  return isAlive(usedBy) ? { kind: "cpu" } : { kind: "died", provider };
}

/** @returns undefined for garbage */
export function parseVerdict(text: string): Verdict | undefined {
  let value: Partial<Verdict> | null;
  try {
    value = JSON.parse(text) as Partial<Verdict> | null;
  } catch {
    return undefined;
  }
  const { key, provider, found, usedBy } = value ?? {};
  if (typeof key !== "string" || typeof provider !== "string" || typeof found !== "object" || found === null) return undefined;
  if (!Object.values(found).every((why) => typeof why === "string")) return undefined;
  if (usedBy !== undefined && !(Number.isSafeInteger(usedBy) && usedBy > 0)) return undefined;
  return { key, provider, found, ...(usedBy !== undefined && { usedBy }) };
}
