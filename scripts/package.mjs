// Makes one .vsix a platform into out/: node scripts/package.mjs [--current] [--unpack]
//   --current  only for the machine this runs on
//   --unpack   and lay out that package's files in out/unpacked/, as VS Code does when it installs
import { execFileSync } from "node:child_process";
import { mkdir, readFile, rm, stat } from "node:fs/promises";
import path from "node:path";
import { createVSIX } from "@vscode/vsce";
import { checkPackage, megabytes } from "./packaging/checkPackage.mjs";
import { PLATFORMS } from "./packaging/platforms.mjs";
import { listPackage, unpackPackage } from "./packaging/readPackage.mjs";
import { stage } from "./packaging/stage.mjs";

const root = path.resolve(import.meta.dirname, "..");
const out = path.join(root, "out");
const current = process.argv.includes("--current");
const unpack = process.argv.includes("--unpack");

const platforms = current ? PLATFORMS.filter(({ os, cpu }) => os === process.platform && cpu === process.arch) : PLATFORMS;
if (platforms.length === 0)
  throw new Error(`There is no package for ${process.platform}-${process.arch}: use ${PLATFORMS.map((p) => p.target).join(", ")}.`);

execFileSync(process.execPath, ["esbuild.mjs", "--production"], { cwd: root, stdio: "inherit" });
const { name, version } = JSON.parse(await readFile(path.join(root, "package.json"), "utf8"));
await mkdir(out, { recursive: true });

let faults = 0;
for (const platform of platforms) {
  if (platform.without) {
    console.log(`${platform.target}: no package, since ${platform.without}.`);
    continue;
  }
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
  if (unpack && platforms.length === 1) await unpackPackage(vsix, path.join(out, "unpacked"));
}
process.exitCode = faults > 0 ? 1 : 0;
