import { EngineError } from "../backends/engineError";
import type { FileSource, Manifest } from "./manifest";

/** A file beside the manifest or in the store: a bare name, so that no manifest can reach outside its folder. */
const FILE_NAME = /^[A-Za-z0-9][A-Za-z0-9._+-]*$/;
const MODEL_NAME = /^[a-z0-9][a-z0-9._-]*$/;
const SHA256 = /^[0-9a-f]{64}$/;
const HUB_REPOSITORY = /^[A-Za-z0-9][A-Za-z0-9._-]*\/[A-Za-z0-9][A-Za-z0-9._-]*$/;
/** A commit, never a branch: a branch can change under a user. */
const HUB_REVISION = /^[0-9a-f]{40}$/;
const HUB_PATH = /^[A-Za-z0-9][A-Za-z0-9._+-]*(\/[A-Za-z0-9][A-Za-z0-9._+-]*)*$/;
/** Package names and versions go to a command line: neither may start with "-" (an option) or hold "@" (an address). */
const PACKAGE_NAME = /^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/;
const PACKAGE_VERSION = /^[0-9][A-Za-z0-9.!+]*$/;
const LANGUAGE_ID = /^[a-z][a-z0-9+#._-]*$/;

/** Larger files than this are not models for this engine; it also keeps sums of sizes exact. */
const MOST_BYTES = 2 ** 40;
const MOST_TOKENS = 2 ** 24;

/**
 * Reads what JSON.parse made of a manifest.json. Unknown keys are refused too: they are misspelt ones, or from a newer version.
 * @param file path of the manifest, for the message only
 * @throws EngineError `modelDamaged`, its detail naming the key and what it must be
 */
export function parseManifest(json: unknown, file: string): Manifest {
  const read = new Reader(file);
  const root = read.object(json, "the manifest", [
    "version",
    "name",
    "title",
    "licence",
    "languages",
    "base",
    "adapter",
    "vocabulary",
    "specialTokens",
    "denoising",
  ]);
  read.oneOf(root["version"], "version", [1]);
  return {
    version: 1,
    name: read.matching(root["name"], "name", MODEL_NAME, "a folder name of small letters, digits, '.', '_' and '-'"),
    title: read.text(root["title"], "title"),
    licence: read.text(root["licence"], "licence"),
    languages: read
      .list(root["languages"], "languages")
      .map((language, i) => read.matching(language, `languages[${i}]`, LANGUAGE_ID, 'a language id such as "python"')),
    base: parseBase(read, root["base"]),
    ...(root["adapter"] === undefined ? {} : { adapter: parseFile(read, root["adapter"], "adapter") }),
    ...(root["vocabulary"] === undefined ? {} : { vocabulary: parseFile(read, root["vocabulary"], "vocabulary") }),
    specialTokens: parseSpecialTokens(read, root["specialTokens"]),
    denoising: parseDenoising(read, root["denoising"]),
  };
}

function parseBase(read: Reader, value: unknown): Manifest["base"] {
  const base = read.object(value, "base", ["file", "bytes", "sha256", "licence", "architecture", "hub", "wheels", "beside"]);
  return {
    ...fileOf(read, base, "base"),
    licence: read.text(base["licence"], "base.licence"),
    architecture: read.oneOf(base["architecture"], "base.architecture", ["qwen2", "llama"]),
    ...parseSource(read, base),
  };
}

function parseSource(read: Reader, base: Record<string, unknown>): FileSource {
  if (["hub", "wheels", "beside"].every((source) => base[source] === undefined))
    throw read.damaged('base names no source: give it hub, wheels or both, or "beside": true where it lies beside the manifest');
  return {
    ...(base["beside"] === undefined ? {} : { beside: read.oneOf(base["beside"], "base.beside", [true]) }),
    ...(base["hub"] === undefined ? {} : { hub: parseHub(read, base["hub"]) }),
    ...(base["wheels"] === undefined ? {} : { wheels: parseWheels(read, base["wheels"]) }),
  };
}

function parseHub(read: Reader, value: unknown): NonNullable<FileSource["hub"]> {
  const hub = read.object(value, "base.hub", ["repository", "revision", "file"]);
  return {
    repository: read.matching(hub["repository"], "base.hub.repository", HUB_REPOSITORY, "owner/name"),
    revision: read.matching(hub["revision"], "base.hub.revision", HUB_REVISION, "a commit of 40 hexadecimal digits"),
    file: read.matching(hub["file"], "base.hub.file", HUB_PATH, "a path inside the repository"),
  };
}

function parseWheels(read: Reader, value: unknown): NonNullable<FileSource["wheels"]> {
  const wheels = read.list(value, "base.wheels");
  if (wheels.length === 0) throw read.damaged("base.wheels is empty");
  return wheels.map((item, i) => {
    const wheel = read.object(item, `base.wheels[${i}]`, ["package", "version", "member"]);
    return {
      package: read.matching(wheel["package"], `base.wheels[${i}].package`, PACKAGE_NAME, "a package name"),
      version: read.matching(wheel["version"], `base.wheels[${i}].version`, PACKAGE_VERSION, "an exact version"),
      member: read.matching(wheel["member"], `base.wheels[${i}].member`, HUB_PATH, "a path inside the wheel"),
    };
  });
}

function parseFile(read: Reader, value: unknown, key: string): { file: string; bytes: number; sha256: string } {
  return fileOf(read, read.object(value, key, ["file", "bytes", "sha256"]), key);
}

function fileOf(read: Reader, value: Record<string, unknown>, key: string): { file: string; bytes: number; sha256: string } {
  return {
    file: read.matching(value["file"], `${key}.file`, FILE_NAME, "a file name without folders"),
    bytes: read.integer(value["bytes"], `${key}.bytes`, 1, MOST_BYTES),
    sha256: read.matching(value["sha256"], `${key}.sha256`, SHA256, "64 small hexadecimal digits"),
  };
}

function parseSpecialTokens(read: Reader, value: unknown): Manifest["specialTokens"] {
  const tokens = read.object(value, "specialTokens", ["prefix", "suffix", "middle", "mask", "end", "file"]);
  const id = (name: string) => read.integer(tokens[name], `specialTokens.${name}`, 0, MOST_TOKENS);
  const parsed = {
    prefix: id("prefix"),
    suffix: id("suffix"),
    middle: id("middle"),
    mask: id("mask"),
    end: id("end"),
    ...(tokens["file"] === undefined ? {} : { file: id("file") }),
  };
  if (new Set(Object.values(parsed)).size < Object.keys(parsed).length) throw read.damaged("two of specialTokens have the same id");
  return parsed;
}

function parseDenoising(read: Reader, value: unknown): Manifest["denoising"] {
  const denoising = read.object(value, "denoising", ["shift", "attention", "blockSize", "draftSize", "sampler", "template"]);
  return {
    shift: read.oneOf(denoising["shift"], "denoising.shift", [true, false]),
    attention: read.oneOf(denoising["attention"], "denoising.attention", ["causal-context-block"]),
    blockSize: read.integer(denoising["blockSize"], "denoising.blockSize", 1, 32),
    draftSize: read.integer(denoising["draftSize"], "denoising.draftSize", 1, 32),
    sampler: read.oneOf(denoising["sampler"], "denoising.sampler", ["verified", "confidence"]),
    template: read.oneOf(denoising["template"], "denoising.template", ["prefix-suffix-middle"]),
  };
}

/** Checks one value each; every failure names the key as it stands in the file. */
class Reader {
  constructor(private readonly file: string) {}

  damaged(detail: string): EngineError {
    return new EngineError({ kind: "modelDamaged", file: this.file, detail });
  }

  object(value: unknown, key: string, known: readonly string[]): Record<string, unknown> {
    if (typeof value !== "object" || value === null || Array.isArray(value)) throw this.damaged(`${key} must be an object`);
    const unknown = Object.keys(value).find((name) => !known.includes(name));
    if (unknown !== undefined) throw this.damaged(`${key} has an unknown key ${JSON.stringify(unknown)}; known are ${known.join(", ")}`);
    return value as Record<string, unknown>;
  }

  list(value: unknown, key: string): readonly unknown[] {
    if (!Array.isArray(value)) throw this.damaged(`${key} must be a list`);
    return value as readonly unknown[];
  }

  text(value: unknown, key: string): string {
    if (typeof value !== "string" || value.trim() === "") throw this.damaged(`${key} must be text that is not empty`);
    return value;
  }

  matching(value: unknown, key: string, pattern: RegExp, what: string): string {
    if (typeof value !== "string" || !pattern.test(value)) throw this.damaged(`${key} must be ${what}`);
    return value;
  }

  integer(value: unknown, key: string, least: number, most: number): number {
    if (typeof value !== "number" || !Number.isSafeInteger(value) || value < least || value > most)
      throw this.damaged(`${key} must be a whole number from ${least} to ${most}`);
    return value;
  }

  oneOf<T extends string | number | boolean>(value: unknown, key: string, allowed: readonly T[]): T {
    const found = allowed.find((item) => item === value);
    if (found === undefined) throw this.damaged(`${key} must be ${allowed.map((item) => JSON.stringify(item)).join(" or ")}`);
    return found;
  }
}
