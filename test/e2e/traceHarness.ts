/**
 * The trace panel's page in a headless Chromium, without VS Code: the real page, the real feed and recorder, and between them a stand-in for
 * `acquireVsCodeApi`. To look at the page, see traceScreenshots.ts.
 */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";
import { chromium, type Browser, type Page } from "playwright-core";
import { panelHtml } from "../../src/trace/panelHtml";
import { TraceRecorder } from "../../src/trace/recording";
import { TraceFeed } from "../../src/trace/traceFeed";
import { parsePageMessage, type HostMessage } from "../../src/trace/traceProtocol";
import { SAMPLE_REQUEST, sampleInfill, sampleSteps } from "../unit/trace/sampleRecording";
import { THEMES, type ThemeName } from "./traceThemes";

export const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
export const hasChromium = existsSync(CHROMIUM);

const ORIGIN = "http://trace.test";
const MEDIA = path.join(__dirname, "../../media/trace");

/** Runs in the page, whose types are not this program's: hence text. */
const STAND_IN = `window.acquireVsCodeApi = () => ({
  postMessage: (message) => window.toHost(message),
  getState: () => JSON.parse(sessionStorage.getItem("state") ?? "null"),
  setState: (state) => sessionStorage.setItem("state", JSON.stringify(state)),
});`;

export interface TracePage {
  readonly page: Page;
  readonly recorder: TraceRecorder;
  readonly feed: TraceFeed;
  /** what the page complained of: broken policy, uncaught errors */
  readonly complaints: string[];
  readonly messages: HostMessage[];
  close(): Promise<void>;
}

export interface TracePageOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  readonly reducedMotion?: boolean;
}

/** A busy machine takes its time to start a browser; the default of half a minute is then too short. */
export function launch(): Promise<Browser> {
  const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"];
  return chromium.launch({ executablePath: CHROMIUM, args, timeout: 120_000 });
}

/** @param shared a browser to open the page in, which stays open; absent: one of its own */
export async function openTracePage(
  { theme = "dark", width = 1180, height = 900, reducedMotion = true }: TracePageOptions = {},
  shared?: Browser,
): Promise<TracePage> {
  const script = await build({ entryPoints: [path.join(MEDIA, "trace.ts")], bundle: true, write: false });
  const style = `${THEMES[theme].css}\n${await readFile(path.join(MEDIA, "trace.css"), "utf8")}`;
  const html = panelHtml({
    ...{ cspSource: ORIGIN, scriptUri: `${ORIGIN}/trace.js`, styleUri: `${ORIGIN}/trace.css`, nonce: "n0nce" },
    ...{ title: "Denoising Trace", rootId: "trace" },
  });
  const files: Record<string, [type: string, body: string]> = {
    "/": ["text/html", html.replace("<body>", `<body class="${THEMES[theme].bodyClass}">`)],
    "/trace.js": ["text/javascript", script.outputFiles[0]!.text],
    "/trace.css": ["text/css", style],
  };
  const browser = shared ?? (await launch());
  const page = await browser.newPage({ viewport: { width, height }, reducedMotion: reducedMotion ? "reduce" : "no-preference" });
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  await page.route(`${ORIGIN}/**`, (route) => {
    const file = files[new URL(route.request().url()).pathname];
    return file === undefined ? route.fulfill({ status: 204 }) : route.fulfill({ contentType: `${file[0]}; charset=utf-8`, body: file[1] });
  });

  const recorder = new TraceRecorder();
  const messages: HostMessage[] = [];
  const post = (message: HostMessage): void => {
    messages.push(message);
    page.evaluate(`window.postMessage(${JSON.stringify(message)}, "*")`).catch((error: unknown) => complaints.push(String(error)));
  };
  const schedule = (callback: () => void, afterMs: number) => {
    const timer = setTimeout(callback, afterMs);
    return () => clearTimeout(timer);
  };
  const feed = new TraceFeed(recorder, post, schedule, () => performance.now());
  await page.exposeFunction("toHost", (message: unknown) => {
    const known = parsePageMessage(message);
    if (known === undefined) complaints.push(`a message of no known type: ${JSON.stringify(message)}`);
    else feed.receive(known);
  });
  await page.addInitScript({ content: STAND_IN });
  await page.goto(`${ORIGIN}/`);
  return {
    page,
    recorder,
    feed,
    complaints,
    messages,
    close: async () => {
      feed.dispose();
      await page.close();
      if (shared === undefined) await browser.close();
    },
  };
}

/** Some earlier requests, then the sample's, which has run for `passes` and ends if these are all. */
export function recordSample(recorder: TraceRecorder, passes = Number.POSITIVE_INFINITY): void {
  const steps = sampleSteps();
  const earlier = [
    { file: "src/server/routes.ts", line: 118, region: "line", ended: "line", count: 4 },
    { file: "scripts/release.py", line: 27, region: "lines", ended: "deadline", count: 9 },
    { file: "src/cache/lru.ts", line: 31, region: "line", ended: "aborted", count: 2 },
    { file: "src/parser/tokens.ts", line: 204, region: "span", ended: "length", count: 15 },
  ] as const;
  for (const { file, line, region, ended, count } of earlier) {
    const handle = recorder.start({ place: { file, line }, request: { ...SAMPLE_REQUEST, region } });
    const some = steps.slice(0, count);
    some.forEach(handle.onStep);
    handle.finish({ ...sampleInfill(some), ended, writtenTokens: count * 2 });
  }
  recorder
    .start({ place: { file: "src/model/store.ts", line: 9 }, request: SAMPLE_REQUEST })
    .fail("The engine stopped (signal SIGKILL); it starts again with the next request.");
  const handle = recorder.start({ place: { file: "src/cache/lru.ts", line: 7 }, request: SAMPLE_REQUEST });
  steps.slice(0, passes).forEach(handle.onStep);
  if (passes >= steps.length) handle.finish(sampleInfill(steps));
}
