import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import fc from "fast-check";
import { EngineError } from "../../../src/backends/engineError";
import { parseManifest } from "../../../src/model/parseManifest";
import { checkShippedFiles } from "../../../src/model/store/checkShippedFiles";

const FOLDER = path.join(__dirname, "../../../models/qwen2.5-coder-0.5b-infill");
const shipped = () => JSON.parse(readFileSync(path.join(FOLDER, "manifest.json"), "utf8")) as Record<string, unknown>;

/** The manifest that is shipped, with the value at a dotted path replaced (undefined: taken out). */
function changed(at: string, value: unknown): unknown {
  const root = shipped();
  const keys = at.split(".");
  const last = keys.pop()!;
  let holder: Record<string, unknown> = root;
  for (const key of keys) holder = holder[key] as Record<string, unknown>;
  if (value === undefined) delete holder[last];
  else holder[last] = value;
  return root;
}

function detailOf(json: unknown): string {
  try {
    parseManifest(json, "somewhere/manifest.json");
  } catch (error) {
    assert.ok(error instanceof EngineError && error.failure.kind === "modelDamaged");
    assert.equal(error.failure.file, "somewhere/manifest.json");
    return error.failure.detail;
  }
  throw new assert.AssertionError({ message: "was accepted" });
}

describe("a manifest", () => {
  it("of the shipped model is accepted, nothing lost", () => {
    assert.deepEqual(parseManifest(shipped(), "manifest.json"), shipped());
  });

  it("of the shipped model names the very files beside it", async () => {
    const manifest = parseManifest(shipped(), "manifest.json");
    const files = await checkShippedFiles(FOLDER, manifest, new AbortController().signal);
    assert.deepEqual(Object.keys(files), ["adapterPath", "vocabularyPath"]);
    const kept = JSON.parse(readFileSync(files.vocabularyPath!, "utf8")) as number[];
    for (const [name, id] of Object.entries(manifest.specialTokens)) assert.ok(kept.includes(id), `${name} is kept`);
  });

  it("may leave out adapter, vocabulary, and one of two sources", () => {
    for (const key of ["adapter", "vocabulary", "base.hub", "base.wheels"]) parseManifest(changed(key, undefined), "m");
  });

  const refused: readonly (readonly [string, unknown, RegExp])[] = [
    ["version", 2, /^version must be 1$/],
    ["name", "../evil", /^name must be a folder name/],
    ["name", "", /^name/],
    ["title", " ", /^title must be text/],
    ["languages", "python", /^languages must be a list/],
    ["languages", ["Py thon"], /^languages\[0\]/],
    ["base", undefined, /^base must be an object/],
    ["base", [], /^base must be an object/],
    ["base.file", "a/b.gguf", /^base\.file must be a file name without folders/],
    ["base.file", "..", /^base\.file/],
    ["base.bytes", 0, /^base\.bytes must be a whole number from 1/],
    ["base.bytes", 1.5, /^base\.bytes/],
    ["base.bytes", "491400064", /^base\.bytes/],
    ["base.bytes", 1e300, /^base\.bytes/],
    ["base.sha256", "1D9614", /^base\.sha256 must be 64/],
    ["base.architecture", "gpt2", /^base\.architecture must be "qwen2" or "llama"/],
    ["base.hub.revision", "main", /^base\.hub\.revision must be a commit/],
    ["base.hub.repository", "a/b/c", /^base\.hub\.repository must be owner\/name/],
    ["base.hub.file", "../../x", /^base\.hub\.file/],
    ["base.wheels", [], /^base\.wheels is empty/],
    ["base.wheels", [{ package: "--index-url=http://x", version: "1", member: "a" }], /^base\.wheels\[0\]\.package/],
    ["base.wheels", [{ package: "a", version: ">=1", member: "a" }], /^base\.wheels\[0\]\.version/],
    ["base.wheels", [{ package: "a", version: "1", member: "/etc/passwd" }], /^base\.wheels\[0\]\.member/],
    ["base.beside", false, /^base\.beside must be true/],
    ["base.colour", "red", /^base has an unknown key "colour"; known are file,/],
    ["adapter.file", "C:\\x", /^adapter\.file/],
    ["specialTokens.mask", -1, /^specialTokens\.mask/],
    ["specialTokens.mask", 151643, /^two of specialTokens have the same id/],
    ["denoising.shift", 1, /^denoising\.shift must be true or false/],
    ["denoising.draftSize", 0, /^denoising\.draftSize must be a whole number from 1 to 32/],
    ["denoising.blockSize", 33, /^denoising\.blockSize must be a whole number from 1 to 32/],
    ["denoising.sampler", "greedy", /^denoising\.sampler must be "verified" or "confidence"/],
  ];
  for (const [at, value, detail] of refused)
    it(`with ${at} = ${JSON.stringify(value)} is refused, naming it`, () => assert.match(detailOf(changed(at, value)), detail));

  it("without any source of its base is refused", () => {
    const json = changed("base.hub", undefined) as { base: Record<string, unknown> };
    delete json.base["wheels"];
    assert.match(detailOf(json), /names no source/);
    json.base["beside"] = true;
    assert.deepEqual(parseManifest(json, "m").base, json.base);
  });

  it("that is any other JSON is refused, never accepted, never another error", () => {
    fc.assert(fc.property(fc.jsonValue(), (json) => detailOf(json).length > 0));
  });
});
