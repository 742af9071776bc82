import ts from "typescript";
import { placeOf } from "./sourceFiles.mjs";

/** Where words for people may stand: the extension, and its pages. */
export const SPOKEN = ["src", "media"];

/** @param {ts.Node} node @returns {node is ts.CallExpression} whether it is `l10n.t(…)` or `vscode.l10n.t(…)` */
export function isTranslation(node) {
  return ts.isCallExpression(node) && /(^|\.)l10n\.t$/.test(node.expression.getText());
}

/**
 * What sources say by `l10n.t`, and what is wrong with how they say it.
 * @param {readonly ts.SourceFile[]} sources
 * @returns {{ messages: Map<string, string>, faults: string[] }} each message with the place where it stands first; a sentence for each fault
 */
export function extractMessages(sources) {
  const messages = new Map();
  const faults = [];
  for (const source of sources) {
    const visit = (node) => {
      if (isTranslation(node)) {
        const [message, ...values] = node.arguments;
        const place = placeOf(source, node);
        if (message === undefined || !ts.isStringLiteralLike(message)) faults.push(`${place}: the message is no literal`);
        else {
          if (!messages.has(message.text)) messages.set(message.text, place);
          const wanted = placeholders(message.text);
          if (wanted.join() !== [...values.keys()].map((index) => `{${index}}`).join())
            faults.push(`${place}: ${values.length} values for ${wanted.join(" ") || "no placeholder"}`);
        }
      }
      // Taken out of `l10n`, a `t` would be found nowhere.
      if (ts.isBindingElement(node) && (node.propertyName ?? node.name).getText() === "t" && /l10n/.test(node.parent.parent.getText()))
        faults.push(`${placeOf(source, node)}: t is taken out of l10n`);
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return { messages, faults };
}

/** The placeholders of a message, each once, in the order of their numbers. @param {string} message */
export function placeholders(message) {
  return [...new Set(message.match(/\{\w+\}/g))].sort();
}
