import { spawn, type ChildProcess } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "./freePort";
import { KEYBINDINGS, QUIET_SETTINGS } from "./quietSettings";
import { ROOT } from "./root";
import { serverProgram, type KitName } from "./where.mjs";

export interface Server {
  /** host and port, as in `vscode-remote://` */
  readonly authority: string;
  readonly logFile: string;
  /** the server's process; it leads the group of all that it starts */
  readonly pid: number;
  /** where the logs of its windows and extensions are */
  readonly logFolder: string;
  close(): Promise<void>;
}

export interface ServerChoice {
  /** which VS Code */
  readonly kit?: KitName;
  /** Another language than English, which the windows then have as if its language pack were installed. */
  readonly locale?: string;
  /** Names of extensions in fixtures/extensions that it has too. */
  readonly beside?: readonly string[];
}

const EXTENSIONS = path.join(ROOT, "test/e2e/fixtures/extensions");

const START_LIMIT_MS = 30_000;
/** These would make the new server talk to the one this process may run in. */
const INHERITED = ["VSCODE_IPC_HOOK_CLI", "ELECTRON_RUN_AS_NODE", "PORT", "PASSWORD"];

/**
 * Starts the server of a real VS Code with folders of its own.
 * Only what is in its environment at the start reaches the extension host, so a run with other variables needs another server.
 *
 * @param installed folder of an extension that the server has installed; without one it takes the extension that the page names, but then its
 * windows show no notifications
 */
export async function startServer(
  settings: object = {},
  env: Record<string, string> = {},
  installed?: string,
  { kit = "newest", locale, beside = [] }: ServerChoice = {},
): Promise<Server> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "unmask-e2e-"));
  // A browser is a remote client: settings of the scope "machine" count only in the server's own file.
  for (const scope of ["User", "Machine"]) {
    fs.mkdirSync(path.join(folder, "data", scope), { recursive: true });
    fs.writeFileSync(path.join(folder, "data", scope, "settings.json"), JSON.stringify({ ...QUIET_SETTINGS, ...settings }));
  }
  fs.writeFileSync(path.join(folder, "data/User/keybindings.json"), JSON.stringify(KEYBINDINGS));
  fs.mkdirSync(path.join(folder, "extensions"));
  if (installed !== undefined) fs.symlinkSync(installed, path.join(folder, "extensions", "installed"));
  for (const name of beside) fs.symlinkSync(path.join(EXTENSIONS, name), path.join(folder, "extensions", name));
  if (locale !== undefined) addLanguage(path.join(folder, "data"), locale);
  const logFile = path.join(folder, "server.log");
  const port = await freePort();
  // Windows that share a store take turns with the engine: each server has its own, or suites would take it from each other.
  const home = path.join(folder, "home");
  const child = spawnServer(kit, folder, port, logFile, { UNMASK_HOME: home, ...env }, [
    // Without it the workbench ignores the payload, and a run of extension tests hangs.
    ...(installed === undefined ? ["--enable-smoke-test-driver"] : []),
    ...(locale === undefined ? [] : ["--locale", locale]),
  ]);
  const stop = (): void => void end(child);
  process.once("exit", stop);
  await untilAnswering(port, child, logFile);
  return {
    authority: `127.0.0.1:${port}`,
    logFile,
    pid: child.pid!,
    logFolder: path.join(folder, "data/logs"),
    async close() {
      process.off("exit", stop);
      stop();
      if (child.exitCode === null && child.signalCode === null) await new Promise((resolve) => child.once("exit", resolve));
      fs.rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    },
  };
}

function spawnServer(
  kit: KitName,
  folder: string,
  port: number,
  logFile: string,
  env: Record<string, string>,
  more: readonly string[],
): ChildProcess {
  const { node, main } = serverProgram(ROOT, kit);
  const environment: NodeJS.ProcessEnv = { ...process.env, EXTENSIONS_GALLERY: '{"serviceUrl":""}', ...env };
  for (const name of INHERITED) delete environment[name];
  const log = fs.openSync(logFile, "w");
  const child = spawn(
    node,
    [
      main,
      "--accept-server-license-terms",
      ...["--server-data-dir", path.join(folder, "server")],
      ...["--user-data-dir", path.join(folder, "data")],
      ...["--extensions-dir", path.join(folder, "extensions")],
      ...["--host", "127.0.0.1", "--port", String(port), "--without-connection-token"],
      ...["--telemetry-level", "off", "--disable-workspace-trust"],
      // Or every closed page keeps its extension host for three hours.
      ...["--reconnection-grace-time", "2"],
      ...more,
    ],
    // A process group of its own, so that its extension hosts end with it.
    { env: environment, detached: true, stdio: ["ignore", log, log] },
  );
  fs.closeSync(log);
  return child;
}

/** What an installed language pack leaves behind. It translates nothing of VS Code itself: that stays English, but knows that its language is another. */
function addLanguage(data: string, locale: string): void {
  const translations = path.join(data, "translations.json");
  fs.writeFileSync(translations, JSON.stringify({ contents: {} }));
  const pack = {
    hash: "e2e",
    label: locale,
    extensions: [{ extensionIdentifier: { id: `e2e.${locale}` }, version: "1.0.0" }],
    translations: { vscode: translations },
  };
  fs.writeFileSync(path.join(data, "languagepacks.json"), JSON.stringify({ [locale]: pack }));
}

function end(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGTERM");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

async function untilAnswering(port: number, child: ChildProcess, logFile: string): Promise<void> {
  const untilMs = Date.now() + START_LIMIT_MS;
  while (Date.now() < untilMs && child.exitCode === null) {
    try {
      if ((await fetch(`http://127.0.0.1:${port}/version`)).ok) return;
    } catch (error) {
      // fetch says "fetch failed" while nobody listens yet
      if (!(error instanceof TypeError)) throw error;
    }
    await sleep(100);
  }
  end(child);
  throw new Error(`VS Code's server did not start: ${fs.readFileSync(logFile, "utf8").slice(-2000)}`);
}
