import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { compactAdapter, withAdapter } from "./compactAdapter.mjs";

/**
 * What onnxruntime-node needs on the CPU. Left out: a second copy of the library under its long name (darwin), and DirectML and the shader
 * compiler (win32), which onnxruntime.dll loads only when a session asks for the GPU.
 */
const LIBRARY_FILES = /^(onnxruntime_binding\.node|libonnxruntime\.so\.1|libonnxruntime\.1\.dylib|onnxruntime\.dll)$/;

/** Of each runtime, what ships on every platform that has it. */
const RUNTIME_FILES = {
  "onnxruntime-node": ["onnxruntime-common/dist/cjs", "onnxruntime-node/package.json", "onnxruntime-node/dist"],
  // Its builds for browsers and GPUs stay at home.
  "onnxruntime-web": [
    "onnxruntime-common/dist/esm",
    "onnxruntime-web/package.json",
    "onnxruntime-web/dist/ort.node.min.mjs",
    "onnxruntime-web/dist/ort-wasm-simd-threaded.mjs",
    "onnxruntime-web/dist/ort-wasm-simd-threaded.wasm",
  ],
};

/** Files of the tree that ship as they are; .vscodeignore says what of them. */
const SHIPPED = ["README.md", "CHANGELOG.md", "LICENSE", "NOTICE", ".vscodeignore", "l10n", "media", "models"];
const MANIFEST_WORDS = /^package\.nls(\.[\w-]+)?\.json$/;

/**
 * Lays out what one platform's package holds, from a production build in dist/.
 * The runtime goes to dist/node_modules, where dist/engine.cjs finds it and vsce does not ask npm about it.
 *
 * @param {string} root the clone
 * @param {import("./platforms.mjs").Platform} platform
 * @param {string} folder made anew
 */
export async function stage(root, platform, folder) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const words = (await readdir(root)).filter((name) => MANIFEST_WORDS.test(name));
  for (const name of [...SHIPPED, ...words]) await cp(path.join(root, name), path.join(folder, name), { recursive: true });
  await cp(path.join(root, "dist"), path.join(folder, "dist"), { recursive: true, filter: (file) => !file.endsWith("terminal.cjs") });
  await compactAdapters(path.join(folder, "models"));
  await writeManifest(root, folder);
  await copyRuntime(path.join(root, "node_modules"), platform, path.join(folder, "dist", "node_modules"));
}

/** A float16 adapter and a runtime do not fit into one package. */
async function compactAdapters(models) {
  for (const name of await readdir(models)) {
    const file = path.join(models, name, "manifest.json");
    const text = await readFile(file, "utf8").catch(() => undefined);
    if (text === undefined) continue;
    const manifest = JSON.parse(text);
    if (!manifest.adapter) continue;
    const adapter = compactAdapter(await readFile(path.join(models, name, manifest.adapter.file)));
    await writeFile(path.join(models, name, manifest.adapter.file), adapter);
    await writeFile(file, JSON.stringify(withAdapter(manifest, adapter), null, 2));
  }
}

/** package.json without what only a clone needs. */
async function writeManifest(root, folder) {
  const manifest = JSON.parse(await readFile(path.join(root, "package.json"), "utf8"));
  for (const key of ["private", "scripts", "dependencies", "devDependencies"]) delete manifest[key];
  await writeFile(path.join(folder, "package.json"), JSON.stringify(manifest, null, 2));
}

async function copyRuntime(from, { os, cpu, runtime }, to) {
  const copy = (name) =>
    cp(path.join(from, name), path.join(to, name), { recursive: true, filter: (file) => !/\.(map|d\.ts)$/.test(file) });
  for (const name of ["onnxruntime-common/package.json", ...RUNTIME_FILES[runtime]]) await copy(name);
  if (runtime === "onnxruntime-web") return;
  const [binaries] = await readdir(path.join(from, "onnxruntime-node", "bin"));
  const own = `onnxruntime-node/bin/${binaries}/${os}/${cpu}`;
  for (const file of await readdir(path.join(from, own))) if (LIBRARY_FILES.test(file)) await copy(`${own}/${file}`);
}
