import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";
import type { PreparedModel } from "../../../../src/model/preparedModel";
import { commitPrepared } from "../../../../src/model/store/commitPrepared";
import { keepBase } from "../../../../src/model/store/keepBase";

describe("a final name", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "unmask-names-"));
    await mkdir(path.join(folder, "tmp"));
    await writeFile(path.join(folder, "tmp", "model.onnx"), "mine");
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const lost = () => Promise.reject(new Error("the lock was taken over"));
  const prepared = { files: { "model.onnx": { bytes: 4, sha256: "" } } } as unknown as PreparedModel;

  it("is not given by one that lost the lock, and what another put there stays", async () => {
    const final = path.join(folder, "prepared", "it");
    await mkdir(final, { recursive: true });
    await writeFile(path.join(final, "model.onnx"), "another's");
    await assert.rejects(commitPrepared(path.join(folder, "tmp"), prepared, final, lost), /taken over/);
    assert.equal(await readFile(path.join(final, "model.onnx"), "utf8"), "another's");

    const [fetched, base] = [path.join(folder, "base.part"), path.join(folder, "base")];
    await writeFile(fetched, "mine");
    await writeFile(base, "another's");
    const expected = { bytes: 4, sha256: createHash("sha256").update("mine").digest("hex") };
    await assert.rejects(
      keepBase(fetched, base, expected, new AbortController().signal, () => undefined, lost),
      /taken over/,
    );
    assert.equal(await readFile(base, "utf8"), "another's");
    await keepBase(
      fetched,
      base,
      expected,
      new AbortController().signal,
      () => undefined,
      () => Promise.resolve(),
    );
    assert.equal(await readFile(base, "utf8"), "mine");
  });

  it("takes the place of whatever was there and was not whole", async () => {
    const final = path.join(folder, "prepared", "it");
    await mkdir(path.join(final, "inside"), { recursive: true });
    await commitPrepared(path.join(folder, "tmp"), prepared, final, () => Promise.resolve());
    assert.deepEqual(await readdir(final), ["model.onnx", "prepared.json"]);
    assert.deepEqual(await readdir(folder), ["prepared"]);
  });
});
