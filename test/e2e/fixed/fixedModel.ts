import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { InfillRequest, InfillToken } from "../../../src/backends/infiller";
import { buildSync } from "esbuild";
import { linkTree } from "../kit/linkTree";
import { UNPACKED } from "../kit/root";
import type { FixedAnswer } from "./fixedAnswer";
import { ANSWERS_FILE, REQUESTS_FILE } from "./fixedFiles";

/** So sure that no gate that learns keeps it back. */
const SURE = 0.999;

/** The unpacked package with an engine that answers from a table, and that table. */
export class FixedModel {
  private readonly root = fs.mkdtempSync(path.join(os.tmpdir(), "unmask-fixed-"));
  /** the package, for VS Code */
  readonly extension = path.join(this.root, "extension");
  /** what `unmask.model.path` names */
  readonly folder = path.join(this.root, "model");
  private readonly table: FixedAnswer[] = [];

  constructor() {
    linkTree(UNPACKED, this.extension);
    buildSync({
      entryPoints: [path.join(__dirname, "fixedEngine.ts")],
      outfile: path.join(this.extension, "dist/engine.cjs"),
      ...({ bundle: true, platform: "node", format: "cjs", keepNames: true, logLevel: "error" } as const),
    });
    fs.mkdirSync(this.folder);
    fs.writeFileSync(path.join(this.folder, ANSWERS_FILE), "[]");
    fs.writeFileSync(path.join(this.folder, REQUESTS_FILE), "");
  }

  /**
   * From now on it writes this after that.
   * @param text words, or words with how sure it is of each
   */
  writes(after: string, text: string | readonly (readonly [string, number])[], waitMs = 0): void {
    const same = this.table.findIndex((entry) => entry.after === after);
    if (same >= 0) this.table.splice(same, 1);
    this.table.push({
      after,
      tokens: typeof text === "string" ? words(text) : text.map(([part, confidence]) => token(part, confidence)),
      waitMs,
    });
    // In one step: the engine may read at any time.
    const file = path.join(this.folder, ANSWERS_FILE);
    fs.writeFileSync(`${file}.new`, JSON.stringify(this.table));
    fs.renameSync(`${file}.new`, file);
  }

  /** What it was asked until now, oldest first. */
  requests(): InfillRequest[] {
    const lines = fs.readFileSync(path.join(this.folder, REQUESTS_FILE), "utf8").split("\n");
    return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as InfillRequest);
  }

  /** How often it was asked until now. */
  get asked(): number {
    return this.requests().length;
  }

  dispose(): void {
    fs.rmSync(this.root, { recursive: true, force: true });
  }
}

function words(text: string): InfillToken[] {
  return (text.match(/\s*\w+|\s*[^\w\s]|\s+/g) ?? []).map((part) => token(part, SURE));
}

function token(text: string, confidence: number): InfillToken {
  return { text, confidence };
}
