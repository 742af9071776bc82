// Builds everything that ships into dist/: node esbuild.mjs [--production] [--watch]
import { copyFile, mkdir, rm } from "node:fs/promises";
import { existsSync } from "node:fs";
import path from "node:path";
import { context, build } from "esbuild";
import { GRAMMARS } from "./scripts/packaging/grammars.mjs";

const root = import.meta.dirname;
const production = process.argv.includes("--production");
const watch = process.argv.includes("--watch");

/** What every bundle shares. Source maps are for people who debug a clone; a package carries none. */
const common = {
  absWorkingDir: root,
  bundle: true,
  minify: production,
  // Errors that cross processes are told apart by name.
  keepNames: true,
  sourcemap: production ? false : "linked",
  logLevel: "warning",
};

/** Each runs in Node: the extension host, the engine's process, the process that prepares a model, the terminal. */
const node = { ...common, platform: "node", target: "node20", format: "cjs" };

const bundles = [
  {
    ...node,
    entryPoints: ["src/extension.ts"],
    outfile: "dist/extension.cjs",
    external: ["vscode"],
    // Its module form asks import.meta.url where it lies, which a CommonJS bundle does not have.
    alias: { "web-tree-sitter": path.join(root, "node_modules/web-tree-sitter/web-tree-sitter.cjs") },
  },
  // The runtimes look for their library beside their own files, so they can't be bundled.
  { ...node, entryPoints: ["src/engine/server.ts"], outfile: "dist/engine.cjs", external: ["onnxruntime-node", "onnxruntime-web"] },
  { ...node, entryPoints: ["src/engine/probeProcess.ts"], outfile: "dist/probe.cjs", external: ["onnxruntime-node", "onnxruntime-web"] },
  { ...node, entryPoints: ["src/model/store/prepareProcess.ts"], outfile: "dist/prepare.cjs" },
  { ...node, entryPoints: ["src/terminal/main.ts"], outfile: "dist/terminal.cjs" },
  ...["trace", "statistics"].map((page) => ({
    ...common,
    platform: "browser",
    target: "es2022",
    format: "iife",
    entryPoints: [`media/${page}/${page}.ts`, `media/${page}/${page}.css`],
    outdir: "dist/media",
  })),
];

/** Files that are read, not bundled: from → to, both relative to the root. */
const copies = [
  ["node_modules/web-tree-sitter/web-tree-sitter.wasm", "dist/grammars/web-tree-sitter.wasm"],
  ...Object.entries(GRAMMARS).map(([file, source]) => [`node_modules/${source}`, `dist/grammars/${file}`]),
];

/** Licences that ask to travel with what is bundled; NOTICE names the packages that bring no file of their own. */
const licences = {
  "@huggingface/tokenizers": "LICENSE",
  "@tree-sitter-grammars/tree-sitter-yaml": "LICENSE",
  "@vscode/tree-sitter-wasm": "LICENSE",
  pend: "LICENSE",
  "tree-sitter-c": "LICENSE",
  "tree-sitter-html": "LICENSE",
  "tree-sitter-json": "LICENSE",
  undici: "LICENSE",
  "vscode-jsonrpc": "License.txt",
  "web-tree-sitter": "LICENSE",
  yauzl: "LICENSE",
};
for (const [name, file] of Object.entries(licences))
  copies.push([`node_modules/${name}/${file}`, `dist/licences/${name.replace(/^@/, "").replace("/", "-")}.txt`]);

async function copyAll() {
  await mkdir(path.join(root, "dist/grammars"), { recursive: true });
  await mkdir(path.join(root, "dist/licences"), { recursive: true });
  for (const [from, to] of copies) await copyFile(path.join(root, from), path.join(root, to));
}

if (watch) {
  await copyAll();
  for (const bundle of bundles) await (await context({ ...bundle, logLevel: "info" })).watch();
} else {
  const missing = bundles.flatMap((bundle) => bundle.entryPoints).filter((entry) => !existsSync(path.join(root, entry)));
  if (missing.length > 0)
    throw new Error(`The build needs ${missing.join(", ")}, which the checkout lacks: restore it, or take it out of esbuild.mjs.`);
  await rm(path.join(root, "dist"), { recursive: true, force: true });
  await copyAll();
  await Promise.all(bundles.map((bundle) => build(bundle)));
}
