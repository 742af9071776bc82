import { commandTitle, type NamedCommandId } from "./commandTitle";

/**
 * A command as a sentence names it, and as the palette shows it: `"Unmask: Get Model"`. Sentences take it as a value: no translator can misspell it, and
 * `namedCommands` finds it again in any language.
 */
export function commandName(id: NamedCommandId): string {
  return `"Unmask: ${commandTitle(id)}"`;
}
