import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";
import type { Browser, Page } from "playwright-core";
import { panelHtml } from "../../src/trace/panelHtml";
import { FATES } from "../../src/usage/offer";
import type { StatisticsMessage } from "../../src/usage/statisticsProtocol";
import { addDays, countsOf, dayBefore, type UsageDays } from "../../src/usage/usageDays";
import { PLOTTED_DAYS, summarizeUsage } from "../../src/usage/usageSummary";
import { offerOf } from "../unit/usage/offerOf";
import { hasChromium, launch } from "./traceHarness";
import { THEMES, type ThemeName } from "./traceThemes";

const ORIGIN = "http://statistics.test";
const MEDIA = path.join(__dirname, "../../media/statistics");
const SCREENSHOTS = path.join(__dirname, "screenshots");
const TODAY = "2026-11-27";
const HOST = `window.asked = []; window.acquireVsCodeApi = () => ({ postMessage: (message) => window.asked.push(message.type) });`;

/** Six weeks, in three languages, with a day in three on which nobody worked. */
function someDays(): UsageDays {
  let days: UsageDays = {};
  for (let back = 0; back < 42; back++) {
    if (back % 3 === 2) continue;
    for (const [index, languageId] of ["typescript", "python", "go"].entries())
      for (let count = 0; count < 12; count++) {
        const fate = FATES[(back + count + index) % FATES.length]!;
        const acceptedChars = fate === "accepted" ? 24 + ((back * 7 + count) % 31) : fate === "acceptedInPart" ? 6 : 0;
        const offer = offerOf({ languageId, latencyMs: 30 + ((back * count * 13) % 240) });
        const counts = countsOf({ offer, fate, acceptedChars, typedChars: 0, shownMs: 400 + count * 90, isAlternative: false });
        days = addDays(days, { [dayBefore(TODAY, back)]: { [languageId]: counts } });
      }
  }
  return days;
}

const messageOf = (days: UsageDays, isCounting = true): StatisticsMessage => ({
  ...{ type: "statistics", summary: summarizeUsage(days, TODAY), isCounting },
});

describe("the statistics page", function () {
  let browser: Browser;
  let script: string;
  let style: string;
  let page: Page;
  let complaints: string[];
  before(async function () {
    if (!hasChromium) {
      console.log("      not run: there is no Chromium (CHROMIUM)");
      this.skip();
    }
    this.timeout(120_000);
    browser = await launch();
    script = (await build({ entryPoints: [path.join(MEDIA, "statistics.ts")], bundle: true, write: false })).outputFiles[0]!.text;
    style = await readFile(path.join(MEDIA, "statistics.css"), "utf8");
    mkdirSync(SCREENSHOTS, { recursive: true });
  });
  after(() => browser?.close());
  afterEach(() => page?.close());

  async function open(theme: ThemeName, width = 1100): Promise<void> {
    const sources = { cspSource: ORIGIN, scriptUri: `${ORIGIN}/statistics.js`, styleUri: `${ORIGIN}/statistics.css`, nonce: "n0nce" };
    const html = panelHtml({ ...sources, title: "Unmask Statistics", rootId: "statistics" });
    const files: Record<string, [type: string, body: string]> = {
      "/": ["text/html", html.replace("<body>", `<body class="${THEMES[theme].bodyClass}">`)],
      "/statistics.js": ["text/javascript", script],
      "/statistics.css": ["text/css", `${THEMES[theme].css}\n${style}`],
    };
    page = await browser.newPage({ viewport: { width, height: 1100 } });
    complaints = [];
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text());
    });
    await page.route(`${ORIGIN}/**`, (route) => {
      const file = files[new URL(route.request().url()).pathname];
      return file === undefined
        ? route.fulfill({ status: 204 })
        : route.fulfill({ contentType: `${file[0]}; charset=utf-8`, body: file[1] });
    });
    await page.addInitScript({ content: HOST });
    await page.goto(`${ORIGIN}/`);
  }
  const send = async (message: StatisticsMessage): Promise<void> => {
    // The page hears it in a task of its own.
    await page.evaluate(`new Promise((heard) => { window.postMessage(${JSON.stringify(message)}, "*"); setTimeout(heard, 20); })`);
  };
  const asked = (): Promise<string[]> => page.evaluate<string[]>("window.asked");

  for (const theme of Object.keys(THEMES) as ThemeName[]) {
    it(`draws in the theme ${theme} under its own policy, and bars that stand out from the ground`, async () => {
      await open(theme);
      await send(messageOf(someDays()));
      assert.equal(await page.locator("rect.day").count(), PLOTTED_DAYS);
      const [fill, ground] = await page.evaluate<string[]>(
        `[getComputedStyle(document.querySelector("rect.day")).fill, getComputedStyle(document.body).backgroundColor]`,
      );
      assert.notEqual(fill, ground);
      await page.screenshot({ path: path.join(SCREENSHOTS, `statistics-${theme}.png`), fullPage: true });
      assert.deepEqual(complaints, []);
    });
  }

  it("asks for the figures when it is there, and says no number where there is none", async () => {
    await open("dark");
    assert.deepEqual(await asked(), ["ready"]);
    await send(messageOf({}));
    assert.deepEqual(
      await page.locator(".value").allInnerTexts(),
      Array.from({ length: 5 }, () => "nothing yet"),
    );
    assert.equal(await page.locator("table, svg").count(), 0);
    assert.doesNotMatch(await page.locator(".note").innerText(), /\d/);
  });

  it("says the same to a screen reader as to the eye", async () => {
    await open("light");
    const days = someDays();
    await send(messageOf(days));
    const { summary } = messageOf(days);
    const name = await page.getByRole("img").getAttribute("aria-label");
    assert.match(name ?? "", /^Accepted characters a day, last 30 days; most on \d+ \w+: \d+$/);
    await page.getByText("The same as a table").click();
    const rows = page.getByRole("table", { name: "The last 30 days" }).getByRole("row");
    assert.equal(await rows.count(), 1 + summary.days.filter(({ offers }) => offers > 0).length);
    assert.equal(await rows.nth(1).innerText(), `27 Nov\t${summary.days.at(-1)!.acceptedChars}\t36`);
    assert.equal(await page.getByRole("rowheader", { name: "python" }).count(), 1);
  });

  it("keeps what is unfolded while new figures come", async () => {
    await open("dark");
    await send(messageOf(someDays()));
    await page.getByText("The same as a table").click();
    const more = countsOf({
      offer: offerOf({ languageId: "rust" }),
      fate: "accepted",
      acceptedChars: 5,
      typedChars: 0,
      shownMs: 900,
      isAlternative: false,
    });
    await send(messageOf(addDays(someDays(), { [TODAY]: { rust: more } })));
    assert.equal(await page.getByRole("rowheader", { name: "rust" }).count(), 1);
    assert.ok(await page.getByRole("table", { name: "The last 30 days" }).isVisible());
  });

  it("asks for an export and for deletion by its buttons, with the keyboard too", async () => {
    await open("dark");
    await send(messageOf({}));
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    assert.deepEqual(await asked(), ["ready", "export", "delete"]);
  });

  it("says where counting is off", async () => {
    await open("dark");
    await send(messageOf({}, false));
    assert.match(await page.locator(".note").innerText(), /Counting is off/);
  });

  it("fits into a narrow panel", async () => {
    await open("dark", 420);
    await send(messageOf(someDays()));
    assert.equal(await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), true);
    await page.screenshot({ path: path.join(SCREENSHOTS, "statistics-narrow.png"), fullPage: true });
  });

  it("takes a language's name for text, whatever it is", async () => {
    await open("dark");
    const odd = countsOf({ offer: offerOf(), fate: "accepted", acceptedChars: 5, typedChars: 0, shownMs: 900, isAlternative: false });
    await send(messageOf({ [TODAY]: { "<img src=x onerror=alert(1)>": odd } }));
    assert.equal(await page.locator("img").count(), 0);
    assert.equal(await page.getByRole("rowheader", { name: "<img src=x" }).count(), 1);
    assert.deepEqual(complaints, []);
  });
});
