import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import type { RelatedPiece } from "../../../src/backends/infiller";
import { openFixed, type Fixed } from "../fixed/openFixed";
import { ROOT } from "../kit/root";
import { until } from "../kit/until";
import { pictureFailures } from "./pictureFailures";
import { shownReport } from "./shownReport";

const SHOP = `export const shop = {
  priceOf(item: string): number {
    return item.length * 100;
  },
};
`;

describe("what else the model is shown", () => {
  let fixed: Fixed;
  before(async () => {
    const files = {
      "lib/shop.ts": SHOP,
      "secrets.ts": 'export const keys = {\n  apiKeyOf: () => "hunter2",\n};\n',
      // It is there before VS Code watches: with news of one, which may come late, all is read and asked anew.
      ".gitignore": "secrets.ts\nprivate.py\n",
      "tax/rates.py": "RATE = 0.19\n\ndef tax_on(amount):\n    return amount * RATE\n",
      "node_modules/tool/rates.py": "def tool_rate():\n    return 'dependency'\n",
      "private.py": "def private_key():\n    return 'hunter2'\n",
      "definitions.json": JSON.stringify({ priceOf: ["lib/shop.ts", 1], apiKeyOf: ["secrets.ts", 1], hangs: "hang" }),
    };
    fixed = await openFixed({}, { beside: ["language-server"], files });
  });
  after(() => fixed?.close());
  pictureFailures(() => fixed?.workbench);

  /** How often the language server was asked for a name. */
  function timesAsked(name: string): number {
    const file = path.join(fixed.workbench.project, "asked.txt");
    if (!fs.existsSync(file)) return 0;
    return fs.readFileSync(file, "utf8").split("\n").filter((asked) => asked === name).length; // prettier-ignore
  }

  async function untilAsked(name: string): Promise<void> {
    await until(
      () => Promise.resolve(timesAsked(name) > 0),
      20_000,
      () => Promise.resolve(`the language server was not asked for ${name}`),
    );
    // What it says is read a moment later.
    await fixed.workbench.page.waitForTimeout(500);
  }

  /** Begins lines until what is asked with one shows that the search of the project has found something in Python. @returns that request's pieces */
  async function untilFound(variable: string, answer: string): Promise<readonly RelatedPiece[]> {
    const { workbench, model } = fixed;
    let pieces: readonly RelatedPiece[] = [];
    let line = 0;
    await until(
      async () => {
        await workbench.type(`${variable}${line++} = `);
        await workbench.untilGhostTextReads(answer);
        pieces = model.requests().at(-1)!.related ?? [];
        if (pieces.some(({ path: file }) => file.endsWith(".py"))) return true;
        await workbench.press("Escape", "Enter");
        // It looks in a pause.
        await workbench.page.waitForTimeout(1_000);
        return false;
      },
      // Where news of a new file is missed, the files are listed anew after a minute.
      80_000,
      () => Promise.resolve("the search of the project found nothing"),
    );
    return pieces;
  }

  it("is what a language server leads to, though it is neither imported by its path nor open, and never what git ignores", async () => {
    const { workbench, model } = fixed;
    model.writes("const total = ", "priceOf(item);");
    await workbench.openAt("till.ts", 'import { apiKeyOf, priceOf } from "#till";\n\n// priceOf, apiKeyOf\n‸\n');
    await untilAsked("apiKeyOf");
    await untilAsked("priceOf");
    await workbench.type("const total = ");
    await workbench.untilGhostTextReads("priceOf(item);");
    assert.deepEqual(model.requests().at(-1)!.related, [
      // What openFixed typed into is open too.
      { path: "wake.ts", text: "const answer =\n" },
      { path: "lib/shop.ts", text: "  priceOf(item: string): number {\n    return item.length * 100;\n  },\n" },
    ]);
    const report = await shownReport(workbench);
    assert.match(report, /`priceOf` stands near the cursor; a language server led from this file to that one/);
    assert.match(report, /return item\.length \* 100;/);
    assert.match(report, /secrets\.ts`: git ignores it/);
    assert.doesNotMatch(report, /hunter2/);
    assert.deepEqual([timesAsked("priceOf"), timesAsked("apiKeyOf"), timesAsked("import")], [1, 1, 0]);
  });

  it("is what a search of the project finds where no server knows the language, as the files are now, and never what git ignores", async () => {
    const { workbench, model } = fixed;
    await workbench.openAt("bill.py", "# tax_on, discount_on, private_key, tool_rate: how a bill is made\n‸\n");
    model.writes(" = ", "tax_on(12)");
    assert.deepEqual(await untilFound("bill", "tax_on(12)"), [
      { path: "tax/rates.py", text: "def tax_on(amount):\n    return amount * RATE\n" },
    ]);
    const report = await shownReport(workbench);
    assert.match(report, /`tax_on` stands near the cursor; a search of the project found it/);
    assert.doesNotMatch(report, /hunter2|dependency/);
    // A program writes another file, as git does when it changes the branch.
    workbench.write("tax/discounts.py", "def discount_on(amount):\n    return amount - 1\n");
    await workbench.openAt("bill2.py", "# discount_on, and nothing else\n‸\n");
    assert.deepEqual(await untilFound("less", "tax_on(12)"), [
      { path: "tax/discounts.py", text: "def discount_on(amount):\n    return amount - 1\n" },
    ]);
  });

  it("waits for no language server that hangs, nor is one asked again and again", async () => {
    const { workbench, model } = fixed;
    model.writes("const next = ", "hangs();");
    await workbench.openAt("hanging.ts", "hangs();\n‸\n");
    await untilAsked("hangs");
    await workbench.type("const next = ");
    await workbench.untilGhostTextReads("hangs();");
    await workbench.press("Escape");
    // Each pause in typing is a look.
    for (const name of ["one", "two", "three"]) {
      await workbench.type(`\nconst ${name} = 1;`);
      await workbench.page.waitForTimeout(800);
    }
    assert.equal(timesAsked("hangs"), 1);
    assert.doesNotMatch(workbench.log("Unmask.log"), /Related files could not be read/);
  });

  it("is what was copied, which VS Code copies and pastes as ever", async () => {
    const { workbench, model } = fixed;
    const copied = "/** Rounds up. */\nexport function roundUp(cents: number): number {\n  return Math.ceil(cents / 100) * 100;\n}\n";
    await workbench.openWith("rounding.ts", copied);
    await workbench.press("Control+a", "Control+c");
    await workbench.page.waitForTimeout(500);
    model.writes("const sum = ", "1 + 2;");
    await workbench.openAt("sums.ts", "// a sum\n‸\n");
    await workbench.page.waitForTimeout(500);
    await workbench.type("const sum = ");
    await workbench.untilGhostTextReads("1 + 2;");
    assert.equal(model.requests().at(-1)!.related?.at(-1)?.path, "rounding.ts");
    const report = await shownReport(workbench);
    assert.match(report, /`roundUp` was copied from lately; that file is open or was edited lately/);
    assert.match(report, /return Math\.ceil/);
    // Where the first stood, the second stands now: nobody copied from that.
    await workbench.openAt("cutting.ts", "‸export function cutAway() {\n  return 1;\n}\nexport function movesUp() {\n  return 2;\n}\n");
    await workbench.press("Shift+ArrowDown", "Shift+ArrowDown", "Shift+ArrowDown", "Control+x");
    await workbench.page.waitForTimeout(1_000);
    model.writes("const more = ", "3 + 4;");
    await workbench.openAt("more.ts", "// movesUp\n‸\n");
    await workbench.page.waitForTimeout(500);
    await workbench.type("const more = ");
    await workbench.untilGhostTextReads("3 + 4;");
    const afterCut = await shownReport(workbench);
    assert.match(afterCut, /`movesUp` stands near the cursor/);
    assert.doesNotMatch(afterCut, /its definition was copied from lately/);
    await workbench.openFile("rounding.ts");
    await workbench.press("Control+a", "Control+c");
    await workbench.openAt("pasted.ts", "‸");
    await workbench.press("Control+v");
    await workbench.page.waitForTimeout(1_000);
    await workbench.screenshot("copied-and-pasted");
    // VS Code's own text is the only way to paste: there is nothing to choose from.
    assert.equal(await workbench.page.locator(".post-edit-widget").count(), 0);
    assert.equal((await workbench.saved("pasted.ts")).toString(), copied);
  });
});

describe("what TypeScript's own server leads to", () => {
  let fixed: Fixed;
  before(async () => {
    const typescript = path.join(ROOT, "node_modules/typescript/lib");
    fixed = await openFixed({ "typescript.tsdk": typescript, "js/ts.tsdk.path": typescript });
  });
  after(() => fixed?.close());
  pictureFailures(() => fixed?.workbench);

  it("is shown, behind a name that only package.json explains", async () => {
    const { workbench, model } = fixed;
    workbench.write("package.json", JSON.stringify({ type: "module", imports: { "#till": "./shop.ts" } }));
    workbench.write(
      "tsconfig.json",
      JSON.stringify({ compilerOptions: { module: "nodenext", allowImportingTsExtensions: true, noEmit: true } }),
    );
    workbench.write("shop.ts", "export function priceOf(item: string): number {\n  return item.length * 100;\n}\n");
    workbench.write("prices.ts", "export function priceOf(item: string): number {\n  return item.length;\n}\n");
    await workbench.openAt("till.ts", 'import { priceOf } from "#till";\n‸\n');
    const isShown = (): boolean =>
      model
        .requests()
        .at(-1)
        ?.related?.some(({ path: file }) => file === "shop.ts") === true;
    // The server starts first, and is asked again at a later line.
    const endMs = performance.now() + 80_000;
    for (let line = 0; performance.now() < endMs && !isShown(); line++) {
      await workbench.type(`const price${line} = priceOf(`);
      await workbench.page.waitForTimeout(2_000);
      await workbench.press("End", "Enter");
      await workbench.page.waitForTimeout(500);
    }
    const pieces = model
      .requests()
      .at(-1)!
      .related!.filter(({ text }) => text.includes("priceOf"));
    assert.deepEqual(pieces, [
      { path: "shop.ts", text: "export function priceOf(item: string): number {\n  return item.length * 100;\n}\n" },
    ]);
    assert.match(await shownReport(workbench), /`priceOf` stands near the cursor; a language server led from this file to that one/);
  });
});
