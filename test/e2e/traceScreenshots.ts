/** Screenshots of the trace page in each theme, to be looked at: `npx tsx test/e2e/traceScreenshots.ts FOLDER`. */
import { mkdirSync } from "node:fs";
import path from "node:path";
import { openTracePage, recordSample } from "./traceHarness";
import { THEMES, type ThemeName } from "./traceThemes";

async function takeScreenshots(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const theme of Object.keys(THEMES) as ThemeName[]) {
    const trace = await openTracePage({ theme });
    await trace.page.waitForTimeout(200);
    await trace.page.screenshot({ path: path.join(folder, `${theme}-empty.png`) });
    recordSample(trace.recorder, 9);
    await trace.page.waitForTimeout(300);
    await trace.page.screenshot({ path: path.join(folder, `${theme}-running.png`) });
    recordSample(trace.recorder);
    await trace.page.waitForTimeout(300);
    await trace.page.hover(".cell[data-level='1']");
    await trace.page.waitForTimeout(100);
    await trace.page.screenshot({ path: path.join(folder, `${theme}-finished.png`) });
    await trace.page.setViewportSize({ width: 560, height: 1000 });
    await trace.page.keyboard.press(",");
    for (let press = 0; press < 5; press++) await trace.page.keyboard.press("ArrowLeft");
    await trace.page.waitForTimeout(200);
    await trace.page.screenshot({ path: path.join(folder, `${theme}-narrow.png`) });
    for (const complaint of trace.complaints) console.error(`${theme}: ${complaint}`);
    await trace.close();
  }
}

const folder = process.argv[2];
if (folder === undefined) throw new Error("Name the folder for the screenshots: npx tsx test/e2e/traceScreenshots.ts FOLDER");
void takeScreenshots(folder);
