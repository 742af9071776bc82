import fs from "node:fs";
import { format } from "node:util";
import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "playwright-core";
import { openPage } from "./openPage";
import { STILL_EDITOR } from "./quietSettings";
import { startServer } from "./startServer";
import { workbenchUrl } from "./workbenchUrl";

const LIMIT_MS = 300_000;
const TIMED_OUT = 124;
const PAGE_CRASHED = 97;
const PAGE_CLOSED = 98;
const HOST_DIED = 96;

/** What VS Code itself says on every start. */
const NOISE =
  /^(Canceled|Creating a socket|Resolv(ing|ed) connection token|\[reconnection-grace-time\]|Ignoring fetching additional builtin|\[Service Worker\]|\[AgentHost|\[AccountPolicyGate|Updating additional builtin)/;

/**
 * Runs what `tests` names inside the extension host of a real VS Code.
 * VS Code reports success when its extension host dies in the middle of a run, so the server's log is asked too, and the caller has to see the
 * counts that the tests write.
 *
 * @returns 0 where all went well
 */
export async function runExtensionTests(folder: string, extension: string, tests: string): Promise<number> {
  const server = await startServer(STILL_EDITOR);
  try {
    const opened = await openPage();
    let code: number;
    try {
      code = await untilExit(opened.page, workbenchUrl(server.authority, folder, extension, tests));
    } finally {
      await opened.close();
    }
    const death = await deathOfHost(server.logFile);
    if (death !== undefined) process.stderr.write(`${death}\n`);
    if (code === TIMED_OUT) process.stderr.write(`no end after ${LIMIT_MS} ms\n${fs.readFileSync(server.logFile, "utf8").slice(-3000)}\n`);
    return code === 0 && death !== undefined ? HOST_DIED : code;
  } finally {
    await server.close();
  }
}

async function untilExit(page: Page, url: string): Promise<number> {
  let exit: (code: number) => void = () => undefined;
  const exited = new Promise<number>((resolve) => (exit = resolve));
  const timer = setTimeout(() => exit(TIMED_OUT), LIMIT_MS);
  page.on("crash", () => exit(PAGE_CRASHED));
  page.on("close", () => exit(PAGE_CLOSED));
  await page.exposeFunction("codeAutomationExit", (code: number) => exit(code));
  await page.exposeFunction("codeAutomationLog", (type: string, args: unknown[]) => {
    const line = format(...args);
    if (!NOISE.test(line)) (type === "error" ? process.stderr : process.stdout).write(`${line}\n`);
  });
  await page.goto(url);
  const code = await exited;
  clearTimeout(timer);
  return code;
}

/** The log's line on an extension host that did not end in order; the host ends some moments after its page. */
async function deathOfHost(logFile: string): Promise<string | undefined> {
  for (let round = 0; round < 50; round++) {
    const ends = [...fs.readFileSync(logFile, "utf8").matchAll(/Extension Host Process exited with code: (\S+), signal: (\S+?)\.?$/gm)];
    if (ends.length > 0) return ends.find(([, code, signal]) => code !== "0" || signal !== "null")?.[0];
    await sleep(100);
  }
  return "the extension host did not end";
}
