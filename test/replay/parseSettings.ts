import type { CompletionSettings } from "../../src/completion/completionQuery";

/** Settings from NAME=VALUE; a value is JSON where it can be, else text. Nothing says whether the pipeline knows the name. */
export function parseSettings(set: readonly string[]): Partial<CompletionSettings> {
  return Object.fromEntries(
    set.map((one) => {
      const [name, ...value] = one.split("=");
      return [name!, parsed(value.join("="))];
    }),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
