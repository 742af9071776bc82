import assert from "node:assert/strict";
import type { Suggestion } from "../../src/completion/outcome";
import type { EditedPlace } from "../replay/placeQuery";

/**
 * Applies an offer as VS Code would when it is accepted, and checks that nothing is lost: outside the replaced range all stays as it is, and what
 * the range replaces is in the inserted text again. The rules for what VS Code shows at all are written here a second time, from its manual, so
 * that the extension's own (`isVisible`) is checked too.
 */
export function checkOffer({ lines, line, character }: EditedPlace, eol: string, offer: Suggestion): void {
  const { insertText, replaceBefore, replaceAfter } = offer;
  const text = lines[line]!;
  assert.ok(replaceBefore >= 0 && replaceBefore <= character, `it replaces ${replaceBefore} of ${character} characters before the cursor`);
  assert.ok(replaceAfter >= 0 && replaceAfter <= text.length - character, `it replaces ${replaceAfter} characters after the cursor`);
  assert.equal(insertText.includes("\r"), false, "a carriage return");
  const replaced = [text.slice(character - replaceBefore, character), text.slice(character, character + replaceAfter)] as const;
  assert.ok(insertText.startsWith(replaced[0]), "what is before the cursor is no head of it: VS Code shows nothing");
  assert.ok(
    inOrder(replaced[1], insertText.slice(replaced[0].length)),
    "what it replaces after the cursor is not in it: VS Code shows nothing",
  );
  assert.notEqual(insertText, replaced.join(""), "it changes nothing");

  const before = [...lines.slice(0, line), text.slice(0, character - replaceBefore)].join(eol);
  const after = [text.slice(character + replaceAfter), ...lines.slice(line + 1)].join(eol);
  const applied = before + insertText.replaceAll("\n", eol) + after;
  const whole = lines.join(eol);
  assert.ok(applied.length > whole.length, "text got lost");
  assert.equal(whole, before + replaced.join("") + after);
  assert.ok(applied.startsWith(before) && applied.endsWith(after));
}

/** Whether all UTF-16 units of `needle` occur in `text`, in order. */
function inOrder(needle: string, text: string): boolean {
  let from = 0;
  for (const unit of needle.split("")) {
    from = text.indexOf(unit, from) + 1;
    if (from === 0) return false;
  }
  return true;
}
