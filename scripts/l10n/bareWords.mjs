import ts from "typescript";
import { isTranslation } from "./extractMessages.mjs";
import { placeOf } from "./sourceFiles.mjs";

/** Below these everything that is worded is for the user; the engine, the model and the terminal speak English. */
export const FOR_USERS = [
  "src/extension.ts",
  "src/completion",
  "src/context",
  "src/fill",
  "src/trace",
  "src/ui",
  "src/usage",
  "src/words",
  "media",
];

/** What shows its arguments. */
const SHOWING_CALLS = /\.(show(Information|Warning|Error)Message|createWebviewPanel|createStatusBarItem|setStatusBarMessage|showInputBox)$/;
/** What is shown of an object: of a quick pick's item, a progress, a dialog, a status item, a page's element. */
const SHOWN_PROPERTIES = new Set(
  "title label placeHolder placeholder prompt description detail tooltip saveLabel openLabel text textContent".split(" "),
);
/** Names, and signs that are the same in every language. */
const SAME_IN_ALL = /\$\([\w~-]+\)|\bUnmask\b|\b(ms|MB|GB|MB\/s|JSON|\d+px solid)\b/g;
/** Two words beside each other are a sentence, wherever they stand; a value of a template counts as one. */
const SENTENCE = /(\p{L}{2,}|\0),? \p{L}{2,}|\p{L}{2,},? \0/u;
/** Not for people: what is logged, thrown as a defect, handed to the parts of a page as class names. */
const UNSEEN_CALLS = /^(log|this\.log|parts\.log|this\.parts\.log|console)\.\w+$|^(onLog|onError|this\.parts\.onLog|\w+\.classList\.\w+)$/;

/**
 * Words that a person may see and that no translation is looked up for: a sentence for each.
 * @param {readonly ts.SourceFile[]} sources
 * @returns {string[]}
 */
export function bareWords(sources) {
  const faults = [];
  for (const source of sources) {
    const visit = (node) => {
      if (isTranslation(node) || isUnseen(node)) return;
      const words = ts.isStringLiteralLike(node) || ts.isTemplateExpression(node) ? spoken(node) : undefined;
      if (words !== undefined && (SENTENCE.test(words) || (/\p{L}{2,}/u.test(words) && isShown(node))))
        faults.push(`${placeOf(source, node)}: ${node.getText(source)}`);
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return faults;
}

/** @param {ts.StringLiteralLike | ts.TemplateExpression} node */
function spoken(node) {
  const text = ts.isTemplateExpression(node)
    ? [node.head, ...node.templateSpans.map(({ literal }) => literal)].map((part) => part.text).join("\0")
    : node.text;
  return text.replaceAll(SAME_IN_ALL, "");
}

/** @param {ts.Node} node */
function isUnseen(node) {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isTypeNode(node)) return true;
  if (ts.isNewExpression(node)) return /Error$/.test(node.expression.getText());
  // A page's HTML and its policy have no words of their own; an element's second argument is its classes.
  if (ts.isTemplateExpression(node) && /^(<!DOCTYPE|default-src) /.test(node.head.text)) return true;
  const { parent } = node;
  if (parent && ts.isBinaryExpression(parent) && parent.right === node && parent.left.getText().endsWith(".className")) return true;
  if (parent && ts.isCallExpression(parent) && parent.arguments[1] === node && parent.expression.getText() === "element") return true;
  return ts.isCallExpression(node) && UNSEEN_CALLS.test(node.expression.getText());
}

/** Whether it is handed over to be shown, perhaps as one of two or as a part. @param {ts.Node} node */
function isShown(node) {
  const { parent } = node;
  if (ts.isParenthesizedExpression(parent) || ts.isTemplateSpan(parent) || ts.isTemplateExpression(parent)) return isShown(parent);
  if (ts.isConditionalExpression(parent)) return parent.condition !== node && isShown(parent);
  if (ts.isBinaryExpression(parent)) {
    const { operatorToken, left } = parent;
    if (operatorToken.kind === ts.SyntaxKind.EqualsToken)
      return ts.isPropertyAccessExpression(left) && (SHOWN_PROPERTIES.has(left.name.text) || left.name.text === "name");
    const joins = [ts.SyntaxKind.PlusToken, ts.SyntaxKind.BarBarToken, ts.SyntaxKind.QuestionQuestionToken];
    return joins.includes(operatorToken.kind) && isShown(parent);
  }
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node && SHOWN_PROPERTIES.has(parent.name.getText());
  // The first argument of all but the messages is an id.
  if (!ts.isCallExpression(parent) || !SHOWING_CALLS.test(parent.expression.getText())) return false;
  return /Message$/.test(parent.expression.getText()) || parent.arguments[0] !== node;
}
