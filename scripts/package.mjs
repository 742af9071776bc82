// Makes one .vsix a platform into out/: node scripts/package.mjs [--current | --target NAME] [--unpack]
//   --current      only for the machine this runs on
//   --target NAME  only for that platform, e.g. darwin-x64
//   --unpack       and lay out that package's files in out/unpacked/, as VS Code does when it installs
import { execFileSync } from "node:child_process";
import { mkdir, readFile, rm, stat } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { createVSIX } from "@vscode/vsce";
import { checkPackage, megabytes } from "./packaging/checkPackage.mjs";
import { PLATFORMS } from "./packaging/platforms.mjs";
import { listPackage, unpackPackage } from "./packaging/readPackage.mjs";
import { stage } from "./packaging/stage.mjs";

const root = path.resolve(import.meta.dirname, "..");
const out = path.join(root, "out");
const { current, target, unpack } = parseArgs({
  options: { current: { type: "boolean" }, target: { type: "string" }, unpack: { type: "boolean" } },
}).values;

const wanted = current ? `${process.platform}-${process.arch}` : target;
const platforms = PLATFORMS.filter((platform) => wanted === undefined || platform.target === wanted);
if (platforms.length === 0) throw new Error(`There is no package for ${wanted}: use ${PLATFORMS.map((p) => p.target).join(", ")}.`);
if (unpack && platforms.length !== 1) throw new Error("--unpack needs --current or --target.");

execFileSync(process.execPath, ["esbuild.mjs", "--production"], { cwd: root, stdio: "inherit" });
const { name, version } = JSON.parse(await readFile(path.join(root, "package.json"), "utf8"));
await mkdir(out, { recursive: true });

let faults = 0;
for (const platform of platforms) {
  const staged = path.join(out, "stage");
  const vsix = path.join(out, `${name}-${platform.target}-${version}.vsix`);
  await stage(root, platform, staged);
  await createVSIX({
    cwd: staged,
    packagePath: vsix,
    target: platform.target,
    dependencies: false,
    allowMissingRepository: true,
    // README's links to files of the clone stay as they are: there is no public address yet to point them at.
    rewriteRelativeLinks: false,
  });
  await rm(staged, { recursive: true, force: true });
  const { size } = await stat(vsix);
  console.log(`${path.relative(root, vsix)}: ${megabytes(size)} MB`);
  for (const fault of checkPackage(platform, await listPackage(vsix), size)) {
    faults++;
    console.error(`FAULT ${fault}`);
  }
  if (unpack) await unpackPackage(vsix, path.join(out, "unpacked"));
}
process.exitCode = faults > 0 ? 1 : 0;
