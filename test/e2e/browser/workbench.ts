import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { errors, type FrameLocator, type Locator, type Page } from "playwright-core";
import { openPage, type OpenPage } from "../kit/openPage";
import { processesOf } from "../kit/processesOf";
import { ROOT, UNPACKED } from "../kit/root";
import { startServer, type Server, type ServerChoice } from "../kit/startServer";
import { until } from "../kit/until";
import { workbenchUrl } from "../kit/workbenchUrl";

const SCREENSHOTS = path.join(ROOT, "test/e2e/screenshots");
const FIXTURES = path.join(ROOT, "test/e2e/fixtures/project");
/** From the first look at the page to an extension that has answered: a model of 0.5 GB is loaded in it. */
const READY_LIMIT_MS = 80_000;
/** For what the quick input does at once, on a busy machine. */
const QUICK_MS = 5_000;
/** The kit's VS Code has no TypeScript of its own, and says so. */
const NOISE = /^VS Code's tsserver was deleted/;
/** Keeps the text of each notification that comes up. VS Code closes one that is said again, so the screen alone would not tell. */
const WATCH_TOASTS = `
  globalThis.unmaskToasts = [];
  const read = (toast, triesLeft) => {
    const text = toast.querySelector(".notification-list-item-message")?.textContent ?? "";
    if (text !== "" || triesLeft === 0) globalThis.unmaskToasts.push(text);
    else setTimeout(read, 50, toast, triesLeft - 1);
  };
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes)
      for (const node of addedNodes) if (node.nodeType === 1 && node.matches(".notification-toast-container")) read(node, 40);
  }).observe(document, { childList: true, subtree: true });
`;

export interface WindowChoice extends ServerChoice {
  /** What the project holds beside the fixtures before VS Code opens it: text by path. */
  readonly files?: Readonly<Record<string, string>>;
}

/** A real VS Code in a browser, on a copy of the fixture project, as a person would use it: by keys, and by what is to be seen. */
export class Workbench {
  private constructor(
    private readonly server: Server,
    private readonly opened: OpenPage,
    /** the folder that is open */
    readonly project: string,
  ) {}

  /**
   * @param extension the folder of the extension that is tested, if it is not the unpacked package
   */
  static async open(
    settings: object,
    env: Record<string, string> = {},
    extension = UNPACKED,
    { files = {}, ...more }: WindowChoice = {},
  ): Promise<Workbench> {
    const project = fs.mkdtempSync(path.join(os.tmpdir(), "unmask-project-"));
    fs.cpSync(FIXTURES, project, { recursive: true });
    for (const [name, text] of Object.entries(files)) writeInto(project, name, text);
    fs.mkdirSync(SCREENSHOTS, { recursive: true });
    const server = await startServer(settings, env, extension, more);
    const opened = await openPage();
    const workbench = new Workbench(server, opened, project);
    await opened.page.addInitScript(WATCH_TOASTS);
    await opened.page.goto(workbenchUrl(server.authority, project));
    await opened.page.locator(".monaco-workbench").waitFor();
    return workbench;
  }

  get page(): Page {
    return this.opened.page;
  }

  private get quickWidget(): Locator {
    return this.page.locator(".quick-input-widget");
  }

  /** Closes the window alone: the server goes on, and ends the window's extension host. */
  closeWindow(): Promise<void> {
    return this.page.close();
  }

  async close(): Promise<void> {
    await this.opened.close();
    await this.server.close();
    fs.rmSync(this.project, { recursive: true, force: true });
  }

  /** Waits until Unmask's status item reads as asked. */
  async untilStatus(pattern: RegExp): Promise<void> {
    await until(
      async () => pattern.test(await this.status()),
      READY_LIMIT_MS,
      async () => `the status item reads "${await this.status()}"`,
    );
  }

  /** What Unmask's status item says, its name included; "" where there is none. */
  async status(): Promise<string> {
    const items = await this.page.locator(".statusbar-item", { hasText: "Unmask" }).all();
    const labels = await Promise.all(items.map(async (item) => `${await item.textContent()} ${await item.getAttribute("aria-label")}`));
    return labels.join(" | ");
  }

  /** Writes a file into the project, as another program does. */
  write(name: string, content: string | Buffer): void {
    writeInto(this.project, name, content);
  }

  /** Writes a file into the project and opens it. */
  async openWith(name: string, content: string | Buffer): Promise<void> {
    this.write(name, content);
    await this.openFile(name);
  }

  /** Writes a file into the project, opens it, and puts the cursor where `‸` stands in the text. */
  async openAt(name: string, marked: string): Promise<void> {
    const [before, after] = marked.split("‸") as [string, string];
    await this.openWith(name, before + after);
    const lines = before.split("\n");
    if (before !== "") await this.goTo(lines.length, lines.at(-1)!.length + 1);
    // VS Code counts a tab there as the columns it takes.
    if (/^(\n|$)/.test(after)) await this.press("End");
  }

  async openFile(name: string): Promise<void> {
    await this.openTab(name);
    await this.page.locator(".editor-group-container.active .monaco-editor.focused").first().waitFor();
  }

  /** Opens a file that may have an editor of its own kind, which need not take the focus. */
  async openTab(name: string): Promise<void> {
    await this.press("Escape");
    // By its whole path the search need not find it: that takes longer, and the kit's oldest VS Code has none.
    await this.quickInput("Control+p", path.join(this.project, name), async (widget) => {
      // The row that Enter takes: right after typing the list still is the one of files that were open before.
      await widget.locator(".monaco-list-row.focused", { hasText: name }).first().waitFor({ timeout: QUICK_MS });
      await this.press("Enter");
    });
    await this.page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
  }

  /** Puts the cursor at a line and column, both from 1. */
  async goTo(line: number, column: number): Promise<void> {
    await this.quickInput("Control+g", `:${line}:${column}`, async (widget) => {
      await widget.locator("input").press("Enter", { timeout: QUICK_MS });
      await widget.waitFor({ state: "hidden", timeout: QUICK_MS });
    });
  }

  /** Types as fast as a quick typist. */
  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text, { delay: 40 });
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** Runs a command from the palette by its whole title. @param next what is there then: the editor, or a list in the palette's place */
  async command(title: string, next: "editor" | "list" = "editor"): Promise<void> {
    await this.quickInput("F1", `>${title}`, (widget) =>
      // The row that Enter would take is another at times: the list is of commands that were run before, or of titles that hold the same words.
      widget.locator(".monaco-list-row .label-name", { hasText: wholly(title) }).click({ timeout: QUICK_MS }),
    );
    const widget = this.quickWidget;
    if (next === "editor") await widget.waitFor({ state: "hidden" });
    else await widget.locator(".monaco-list-row", { hasNotText: title }).first().waitFor();
  }

  /** Runs a command that opens lists, and takes in each the row of just that name. Such a list is of what was there when it was opened: else it is opened anew. */
  async choose(title: string, ...choices: string[]): Promise<void> {
    await until(
      async () => {
        await this.command(title, "list");
        for (const choice of choices) {
          if (await this.takeRow(choice)) continue;
          await this.press("Escape");
          return false;
        }
        return true;
      },
      READY_LIMIT_MS,
      () => Promise.resolve(`the lists of "${title}" do not offer ${choices.join(", then ")}`),
    );
    await this.quickWidget.waitFor({ state: "hidden" });
  }

  /** Takes a row of the list that is open, or about to be. @returns false where there is none */
  private async takeRow(name: string): Promise<boolean> {
    const widget = this.quickWidget;
    const row = widget.locator(".monaco-list-row .label-name", { hasText: wholly(name) });
    for (let tries = 0; tries < 5; tries++) {
      // What is written before the list is there goes with the list before it.
      const isWritten = await inTime(() => widget.locator("input").fill(name, { timeout: QUICK_MS }));
      if (!isWritten || !(await appears(row, 1_000))) continue;
      return inTime(async () => {
        await row.click({ timeout: QUICK_MS });
        await row.waitFor({ state: "hidden", timeout: QUICK_MS });
      });
    }
    return false;
  }

  /**
   * Opens VS Code's quick input by a key, writes into it, and goes on with it: all again where it went away meanwhile, or did not come, or its list came late. Right
   * after the start keys go nowhere, and what an editor does that closes or opens takes the focus from it.
   */
  private async quickInput(key: string, text: string, goOn: (widget: Locator) => Promise<void>): Promise<void> {
    const widget = this.quickWidget;
    await widget.waitFor({ state: "hidden" });
    await until(
      async () => {
        if (await widget.isVisible()) await this.press("Escape");
        await this.press(key);
        return inTime(async () => {
          await widget.locator("input").fill(text, { timeout: QUICK_MS });
          await goOn(widget);
        });
      },
      READY_LIMIT_MS,
      () => Promise.resolve(`the quick input does not take "${text}"`),
    );
  }

  /** The ghost text on the screen, its lines joined; "" while there is none. */
  async ghostText(): Promise<string> {
    const [inline, below] = await Promise.all([
      this.page
        .locator(".view-lines .ghost-text-decoration, .view-lines .ghost-text-decoration-preview, .view-lines .ghost-text")
        .allTextContents(),
      this.page.locator(".suggest-preview-text .view-line").allTextContents(),
    ]);
    return [inline.join(""), ...below].join("\n").replaceAll("\u00a0", " ").trimEnd();
  }

  async untilGhostText(limitMs = 30_000): Promise<string> {
    await until(
      async () => (await this.ghostText()) !== "",
      limitMs,
      async () => `no ghost text came; the status item reads "${await this.status()}"`,
    );
    return this.ghostText();
  }

  /** Waits until the ghost text is this, all of it; "" for none. */
  async untilGhostTextReads(text: string): Promise<void> {
    await until(
      async () => (await this.ghostText()) === text,
      10_000,
      async () => `the ghost text is "${await this.ghostText()}", not "${text}"; the status item reads "${await this.status()}"`,
    );
  }

  /** Waits until the ghost text is another than the one given, or none. */
  async untilGhostTextIsNot(gone: string, limitMs = 5_000): Promise<void> {
    await until(
      async () => (await this.ghostText()) !== gone,
      limitMs,
      () => Promise.resolve(`the ghost text "${gone}" stays`),
    );
  }

  /** Saves the active file if it has changed, and gives its bytes once they are written. */
  async saved(name: string): Promise<Buffer> {
    const dirty = this.page.locator(`.tab.active.dirty[data-resource-name="${name}"]`);
    if (await appears(dirty, 1_500)) {
      await this.page.keyboard.press("Control+s");
      await dirty.waitFor({ state: "detached" });
    }
    return fs.readFileSync(path.join(this.project, name));
  }

  /** The messages of all notifications that came up until now, those that are hidden again too. */
  async toasts(): Promise<string[]> {
    const all = await this.page.evaluate<string[]>("globalThis.unmaskToasts");
    return all.filter((message) => !NOISE.test(message));
  }

  async untilToast(): Promise<void> {
    await until(
      async () => (await this.toasts()).length > 0,
      READY_LIMIT_MS,
      async () => `no notification came; the status item reads "${await this.status()}"`,
    );
  }

  /** The buttons of all notifications that are to be seen. */
  toastButtons(): Promise<string[]> {
    return this.page.locator(".notification-toast .notification-list-item-buttons-container .monaco-button:visible").allInnerTexts();
  }

  /** Process ids of this window's engines. */
  engines(): number[] {
    return processesOf(this.server.pid, /[\\/]dist[\\/]engine\.cjs$/);
  }

  /** Process ids of the window's extension host. */
  extensionHosts(): number[] {
    return processesOf(this.server.pid, /--type=extensionHost/);
  }

  /** What the extension host, and Unmask in its output channel, have written. */
  log(name: "remoteexthost.log" | "Unmask.log"): string {
    const files = fs
      .readdirSync(this.server.logFolder, { recursive: true, encoding: "utf8" })
      .filter((file) => path.basename(file).endsWith(name));
    return files.map((file) => fs.readFileSync(path.join(this.server.logFolder, file), "utf8")).join("");
  }

  /** The page inside the webview that is shown. */
  webview(): FrameLocator {
    return this.page.frameLocator("iframe.webview.ready").frameLocator("#active-frame");
  }

  async screenshot(name: string): Promise<void> {
    await this.page.screenshot({ path: path.join(SCREENSHOTS, `${name}.png`) });
  }
}

/** Matches that text alone. In a list what one has typed is an element of its own, so the exact match of getByText finds longer titles too. */
function wholly(text: string): RegExp {
  return new RegExp(`^${text.replaceAll(/[\^$.*+?()[\]{}|]/g, "\\$&")}$`);
}

function writeInto(project: string, name: string, content: string | Buffer): void {
  const file = path.join(project, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, content);
}

function appears(locator: Locator, limitMs: number): Promise<boolean> {
  return inTime(() => locator.waitFor({ timeout: limitMs }));
}

/** @returns false where the page was not so in time */
async function inTime(work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (error instanceof errors.TimeoutError) return false;
    throw error;
  }
}
