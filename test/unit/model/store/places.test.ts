import assert from "node:assert/strict";
import { mkdir, mkdtemp, open, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";
import fc from "fast-check";
import { basePlaces } from "../../../../src/model/store/basePlaces";
import { findBase } from "../../../../src/model/store/findBase";
import { lmStudioFolders } from "../../../../src/model/store/lmStudioFolders";
import { lmStudioPaths } from "../../../../src/model/store/lmStudioPaths";
import { ollamaBlobPaths } from "../../../../src/model/store/ollamaBlobPaths";
import type { Surroundings } from "../../../../src/model/store/storeDirectory";
import { ensureTiny } from "./ensureTiny";
import { FileServer } from "./fileServer";
import { dropModel, makeModel, sha256, storeListing, type ModelFixture } from "./modelFixture";

const HEX = "0123456789abcdef".repeat(4);

describe("where Ollama may keep the base", () => {
  const at = (platform: NodeJS.Platform, home: string, models?: string) =>
    ollamaBlobPaths(HEX, { platform, home, env: models === undefined ? {} : { OLLAMA_MODELS: models } });

  it("is a blob named by its hash, in the home's folder and, on Linux, the service's", () => {
    assert.deepEqual(at("linux", "/home/a"), [
      `/home/a/.ollama/models/blobs/sha256-${HEX}`,
      `/usr/share/ollama/.ollama/models/blobs/sha256-${HEX}`,
    ]);
    assert.deepEqual(at("darwin", "/Users/a"), [`/Users/a/.ollama/models/blobs/sha256-${HEX}`]);
    assert.deepEqual(at("win32", "C:\\Users\\a"), [`C:\\Users\\a\\.ollama\\models\\blobs\\sha256-${HEX}`]);
  });

  it("is first where OLLAMA_MODELS says, quoted or not, unless that is relative", () => {
    for (const models of ["/big/models", ' "/big/models" ', "'/big/models'"])
      assert.equal(at("linux", "/home/a", models)[0], `/big/models/blobs/sha256-${HEX}`);
    assert.equal(at("win32", "C:\\Users\\a", "D:\\models")[0], `D:\\models\\blobs\\sha256-${HEX}`);
    for (const models of ["", "models", "./models"]) assert.deepEqual(at("linux", "/home/a", models), at("linux", "/home/a"));
    assert.equal(at("darwin", "/Users/a", "/Users/a/.ollama/models").length, 1);
  });
});

describe("where LM Studio may keep the base", () => {
  let home: string;
  let around: Surroundings;
  beforeEach(async () => {
    home = await mkdtemp(path.join(tmpdir(), "unmask-home-"));
    around = { env: {}, platform: process.platform, home };
  });
  afterEach(() => rm(home, { recursive: true, force: true }));

  const own = () => [path.join(home, ".lmstudio", "models"), path.join(home, ".cache", "lm-studio", "models")];
  const settings = async (folder: string, content: string) => {
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, "settings.json"), content);
  };
  const hub = { repository: "someone/tiny", revision: "0", file: "tiny.gguf" };
  const base = { file: "tiny.gguf", bytes: 3, sha256: HEX, licence: "MIT", architecture: "qwen2", hub } as const;
  async function paths(): Promise<string[]> {
    const found: string[] = [];
    for await (const file of lmStudioPaths(base, around)) found.push(path.relative(own()[0]!, file));
    return found;
  }

  it("is in its own folder, of now and of earlier versions", async () => {
    assert.deepEqual(await lmStudioFolders(around), own());
  });

  it("is first where its settings and the pointer to its folder say", async () => {
    const elsewhere = path.join(home, "else where");
    await writeFile(path.join(home, ".lmstudio-home-pointer"), `${elsewhere}\n`);
    await settings(elsewhere, JSON.stringify({ downloadsFolder: path.join(home, "big") }));
    assert.deepEqual(await lmStudioFolders(around), [path.join(home, "big"), path.join(elsewhere, "models"), ...own()]);
  });

  it("stays its own folder where settings are broken, huge or a folder", async () => {
    const folder = path.join(home, ".lmstudio");
    await mkdir(path.join(folder, "settings.json"), { recursive: true });
    assert.deepEqual(await lmStudioFolders(around), own());
    await rm(path.join(folder, "settings.json"), { recursive: true });
    for (const content of ["", "{", "null", "[]", '{"downloadsFolder":7}', '{"downloadsFolder":"relative"}']) {
      await settings(folder, content);
      assert.deepEqual(await lmStudioFolders(around), own());
    }
    await settings(folder, JSON.stringify({ downloadsFolder: "/big" }) + " ".repeat(2 << 20));
    assert.deepEqual(await lmStudioFolders(around), own());
  });

  it("never throws and is always absolute, whatever the two files hold", () =>
    fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), async (pointer, downloads) => {
        await writeFile(path.join(home, ".lmstudio-home-pointer"), `/${pointer}`);
        await settings(path.join(home, ".lmstudio"), JSON.stringify({ downloadsFolder: `/${downloads}` }));
        const folders = await lmStudioFolders(around);
        assert.ok(folders.every((folder) => path.isAbsolute(folder)));
        for await (const file of lmStudioPaths(base, around)) assert.ok(path.isAbsolute(file));
      }),
      { numRuns: 50, examples: [["\0", "\0"]] },
    ));

  it("is first what the hub calls it, then any GGUF file of any publisher, and nothing else", async () => {
    for (const file of ["z/y/other.GGUF", "z/y/readme.md", "a/b/mine.gguf", "a/b/c/deep.gguf", "loose.gguf"]) {
      await mkdir(path.join(own()[0]!, path.dirname(file)), { recursive: true });
      await writeFile(path.join(own()[0]!, file), "");
    }
    assert.deepEqual(
      (await paths()).filter((file) => !file.startsWith("..")),
      ["someone/tiny/tiny.gguf", "a/b/mine.gguf", "z/y/other.GGUF"],
    );
  });

  it("is not looked for in more files than a model collector has", async () => {
    const folder = path.join(own()[0]!, "a", "b");
    await mkdir(folder, { recursive: true });
    for (let i = 0; i < 2_100; i++) await writeFile(path.join(folder, `${i}.gguf`), "");
    assert.equal((await paths()).length, 2 + 1_998);
  });
});

describe("a base that another program has", () => {
  let model: ModelFixture;
  let hub: FileServer;
  beforeEach(async () => {
    model = await makeModel();
    hub = await FileServer.start(model.base);
  });
  afterEach(async () => {
    await hub.stop();
    await dropModel(model);
  });

  const put = async (file: string, content: Buffer) => {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  };

  it("is looked for in the surest place first, and not at all where the store has it", async () => {
    const around = { env: {}, platform: "linux", home: "/nowhere" } as const;
    const places: string[] = [];
    for await (const place of basePlaces({ ...model.manifest.base, beside: true }, "/nowhere/.beside", around))
      places.push(place.replace(/^.*?\/\.(\w+).*$/, "$1"));
    assert.deepEqual(places, ["beside", "cache", "cache", "ollama", "ollama", "lmstudio", "cache"]);
    async function* untouched(): AsyncGenerator<string> {
      yield path.join(model.root, "base.gguf");
      await Promise.reject(new Error("asked for more"));
    }
    await put(path.join(model.root, "base.gguf"), model.base);
    const found = await findBase(model.manifest.base, undefined, untouched(), new AbortController().signal, () => undefined);
    assert.equal(found?.path, path.join(model.root, "base.gguf"));
  });

  it("costs no more than a look where it is wrong: a folder, a loop, a gap of a terabyte, another file, no file", async () => {
    const folder = path.join(model.root, "home/.lmstudio/models/some/one");
    await mkdir(path.join(folder, "folder.gguf"), { recursive: true });
    await symlink("loop.gguf", path.join(folder, "loop.gguf"));
    await symlink("/dev/zero", path.join(folder, "endless.gguf"));
    await put(path.join(folder, "huge.gguf"), Buffer.alloc(0));
    await truncate(path.join(folder, "huge.gguf"), 2 ** 40);
    await put(path.join(folder, "short.gguf"), model.base.subarray(1));
    await symlink("nowhere", path.join(folder, "nowhere.gguf"));
    let hashed = 0;
    const onProgress = ({ stage }: { stage: string }) => (hashed += stage === "checking" ? 1 : 0);
    assert.deepEqual(await ensureTiny(model, hub.origin, { onProgress, ask: () => Promise.resolve(false) }), { kind: "refused" });
    assert.equal(hashed, 0);
    await put(path.join(folder, "same size.gguf"), Buffer.alloc(model.base.length));
    assert.deepEqual(await ensureTiny(model, hub.origin, { onProgress, ask: () => Promise.resolve(false) }), { kind: "refused" });
    assert.ok(hashed > 0);
  });

  it("that may not be read is passed over", async function () {
    // root may read everything
    if (process.platform === "win32" || process.getuid?.() === 0) return this.skip();
    const blob = path.join(model.root, `home/.ollama/models/blobs/sha256-${sha256(model.base)}`);
    await put(blob, model.base);
    const handle = await open(blob);
    await handle.chmod(0);
    await handle.close();
    assert.deepEqual(await ensureTiny(model, hub.origin, { ask: () => Promise.resolve(false) }), { kind: "refused" });
  });

  it("is used where it lies: nothing is fetched, asked, copied or changed", async () => {
    const blob = path.join(model.root, `home/.ollama/models/blobs/sha256-${sha256(model.base)}`);
    await put(blob, model.base);
    const outcome = await ensureTiny(model, hub.origin, { ask: () => Promise.reject(new Error("asked")) });
    assert.equal(outcome.kind, "ready");
    assert.equal(hub.seen.length, 0);
    assert.deepEqual(
      (await storeListing(model)).filter((name) => !name.startsWith("prepared/")),
      [],
    );
  });
});
