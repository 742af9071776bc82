import assert from "node:assert/strict";
import fc from "fast-check";
import { hubUrl } from "../../../../src/model/store/hubUrl";
import { readContentRange } from "../../../../src/model/store/readContentRange";
import { sourceHash } from "../../../../src/model/store/sourceHash";
import { SpeedMeter } from "../../../../src/model/store/speedMeter";
import { storeDirectory } from "../../../../src/model/store/storeDirectory";
import type { StoreProgress } from "../../../../src/model/store/storeProgress";
import { throttled } from "../../../../src/model/store/throttled";
import { dropModel, makeModel } from "./modelFixture";

describe("the store directory", () => {
  const at = (platform: NodeJS.Platform, env: Record<string, string>, home: string) => storeDirectory({ platform, env, home });
  it("is the platform's place for a user's data", () => {
    assert.equal(at("linux", {}, "/home/a"), "/home/a/.local/share/unmask");
    assert.equal(at("linux", { XDG_DATA_HOME: "/data" }, "/home/a"), "/data/unmask");
    assert.equal(at("darwin", {}, "/Users/a"), "/Users/a/Library/Application Support/unmask");
    assert.equal(at("win32", { LOCALAPPDATA: "C:\\Users\\a\\AppData\\Local" }, "C:\\Users\\a"), "C:\\Users\\a\\AppData\\Local\\unmask");
    assert.equal(at("win32", {}, "C:\\Users\\a"), "C:\\Users\\a\\AppData\\Local\\unmask");
  });
  it("is UNMASK_HOME where that is absolute", () => {
    assert.equal(at("linux", { UNMASK_HOME: "/models" }, "/home/a"), "/models");
    assert.equal(at("linux", { UNMASK_HOME: "models", XDG_DATA_HOME: "data" }, "/home/a"), "/home/a/.local/share/unmask");
    assert.equal(at("win32", { UNMASK_HOME: "D:\\models" }, "C:\\Users\\a"), "D:\\models");
  });
});

describe("a Content-Range", () => {
  it("is read as it was written", () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.option(fc.nat()), (first, more, total) => {
        const read = readContentRange(`bytes ${first}-${first + more}/${total ?? "*"}`);
        assert.deepEqual(read, { first, last: first + more, total: total ?? undefined });
      }),
    );
  });
  it("that is something else is undefined", () => {
    for (const header of [null, "", "bytes */5", "bytes 5-4/9", "bytes 1-2", "items 1-2/3", "bytes 1-2/3, 4-5/6"])
      assert.equal(readContentRange(header), undefined);
  });
});

describe("a hub's address", () => {
  it("names the pinned revision, with or without a slash behind the origin", () => {
    const hub = { repository: "a/b", revision: "c0ffee", file: "d/e.gguf" };
    for (const origin of ["https://hub", "https://hub/"]) assert.equal(hubUrl(hub, origin), "https://hub/a/b/resolve/c0ffee/d/e.gguf");
  });
});

describe("the speed", () => {
  it("is that of the last seconds, and unknown at first", () => {
    const speed = new SpeedMeter();
    assert.equal(speed.add(0, 0), undefined);
    assert.equal(speed.add(100, 100), undefined);
    assert.equal(speed.add(1_000, 1_000), 1_000);
    for (let s = 2; s <= 20; s++) speed.add(1_000, s * 1_000);
    assert.equal(speed.add(1_000, 21_000), 0);
  });
});

describe("progress", () => {
  it("comes at most so often, but always at a stage's begin and end", () => {
    const seen: StoreProgress[] = [];
    let nowMs = 0;
    const report = throttled(
      (progress) => seen.push(progress),
      100,
      () => nowMs,
    );
    for (nowMs = 0; nowMs < 1_000; nowMs++) report({ stage: "fetching", done: nowMs, total: 2_000 });
    report({ stage: "fetching", done: 2_000, total: 2_000 });
    report({ stage: "verifying", done: 1, total: 2_000 });
    assert.deepEqual(
      seen.map(({ done }) => done),
      [0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 2_000, 1],
    );
  });
});

describe("what a prepared model was made from", () => {
  it("changes with every value of the manifest, not with the order of its keys", async () => {
    const model = await makeModel();
    await dropModel(model);
    const { manifest } = model;
    const turned = Object.fromEntries(Object.entries(manifest).reverse()) as unknown as typeof manifest;
    assert.equal(sourceHash(turned), sourceHash(manifest));
    const others = [
      { ...manifest, adapter: { ...manifest.adapter!, sha256: "0".repeat(64) } },
      { ...manifest, base: { ...manifest.base, sha256: "0".repeat(64) } },
      { ...manifest, denoising: { ...manifest.denoising, blockSize: 9 } },
      { ...manifest, languages: ["a", "b"] },
      { ...manifest, languages: ["b", "a"] },
    ];
    assert.equal(new Set([manifest, ...others].map(sourceHash)).size, others.length + 1);
  });
});
