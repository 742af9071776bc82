import { createHash, randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";
import type { Manifest } from "../../../../src/model/manifest";

export const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

/** A model folder with a base of random bytes, which only the fake preparation takes. */
export interface ModelFixture {
  readonly root: string;
  readonly modelFolder: string;
  readonly store: string;
  readonly base: Buffer;
  readonly manifest: Manifest;
}

/** @param title what the fake preparation does: "good", "slow", "fails", "dies", "damaged", "full" */
export async function makeModel(title = "good", change: (manifest: Manifest) => Manifest = (same) => same): Promise<ModelFixture> {
  const root = await mkdtemp(path.join(tmpdir(), "unmask-store-"));
  const modelFolder = path.join(root, "model");
  await mkdir(modelFolder);
  const base = randomBytes(300_000);
  const adapter = randomBytes(5_000);
  const manifest = change({
    version: 1,
    name: "tiny",
    title,
    licence: "MIT",
    languages: ["python"],
    base: {
      file: "base.gguf",
      bytes: base.length,
      sha256: sha256(base),
      licence: "Apache-2.0",
      architecture: "qwen2",
      hub: { repository: "someone/tiny", revision: "0123456789abcdef0123456789abcdef01234567", file: "base.gguf" },
    },
    adapter: { file: "adapter.safetensors", bytes: adapter.length, sha256: sha256(adapter) },
    specialTokens: { prefix: 0, suffix: 1, middle: 2, mask: 3, end: 4 },
    denoising: {
      shift: true,
      attention: "causal-context-block",
      blockSize: 8,
      draftSize: 2,
      sampler: "verified",
      template: "prefix-suffix-middle",
    },
  });
  await writeFile(path.join(modelFolder, "adapter.safetensors"), adapter);
  await writeFile(path.join(modelFolder, "manifest.json"), JSON.stringify(manifest));
  return { root, modelFolder, store: path.join(root, "store"), base, manifest };
}

export async function dropModel({ root }: ModelFixture): Promise<void> {
  await rm(root, { recursive: true, force: true });
}

/** Every file and folder below the store, relative, sorted; folders end in "/". */
export async function storeListing({ store }: ModelFixture): Promise<string[]> {
  const entries = await readdir(store, { recursive: true, withFileTypes: true });
  return entries.map((entry) => path.relative(store, path.join(entry.parentPath, entry.name)) + (entry.isDirectory() ? "/" : "")).sort();
}
