import fs from "node:fs";
import path from "node:path";

/** Copies folders and programs, and links other files: VS Code knows an extension by where its program really lies. */
export function linkTree(from: string, to: string): void {
  fs.mkdirSync(to);
  for (const entry of fs.readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isDirectory()) linkTree(source, target);
    else if (entry.name.endsWith(".cjs")) fs.copyFileSync(source, target);
    else fs.symlinkSync(source, target);
  }
}
