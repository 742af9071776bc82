import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { chromium, type Page } from "playwright-core";
import { findChromium } from "./where.mjs";

export interface OpenPage {
  readonly page: Page;
  close(): Promise<void>;
}

/** Opens a headless Chromium with a profile of its own. */
export async function openPage(): Promise<OpenPage> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error("There is no Chromium: install the package chromium, or name one in CHROMIUM.");
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), "unmask-chromium-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    // Where several windows open at once on a busy machine, half a minute, the default, is too short.
    timeout: 120_000,
    viewport: { width: 1280, height: 800 },
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"],
  });
  return {
    page: context.pages()[0] ?? (await context.newPage()),
    async close() {
      await context.close();
      fs.rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    },
  };
}
