import { deepStrictEqual, rejects, strictEqual } from "node:assert/strict";
import { truncate } from "node:fs/promises";
import path from "node:path";
import { gguf as readWithHuggingFace } from "@huggingface/gguf";
import { TENSOR_TYPES } from "../../../../src/model/dequantize/tensorTypes";
import type { Gguf, GgufValue } from "../../../../src/model/gguf/gguf";
import { openGguf } from "../../../../src/model/gguf/openGguf";
import { buildGguf, value } from "./buildGguf";
import { rejectsDamaged } from "./rejectsDamaged";
import { withFile } from "./withFile";

const TINY = path.join(__dirname, "../../../fixtures/model/tiny-qwen2.gguf");
const F32 = 0;

function floats(count: number): Buffer {
  return Buffer.from(Float32Array.from({ length: count }, (_, index) => index).buffer);
}

async function using<T>(file: string, use: (gguf: Gguf) => Promise<T>): Promise<T> {
  const gguf = await openGguf(file);
  try {
    return await use(gguf);
  } finally {
    await gguf.close();
  }
}

/** What a second implementation reads in the header: it must be the same. */
async function comparesWithHuggingFace(file: string): Promise<void> {
  const { metadata, tensorInfos, tensorDataOffset } = await readWithHuggingFace(file, { allowLocalFile: true });
  await using(file, async (ours) => {
    const { version, tensor_count, kv_count, ...theirs } = metadata as unknown as Record<string, GgufValue>;
    strictEqual(version, 3);
    strictEqual(Number(tensor_count), ours.tensors.size);
    strictEqual(Number(kv_count), ours.metadata.size);
    deepStrictEqual(Object.fromEntries(ours.metadata), theirs);
    deepStrictEqual(
      [...ours.tensors.values()].map(({ name, shape, type, offset }) => ({ name, shape, type: TENSOR_TYPES[type].id, offset })),
      tensorInfos.map(({ name, shape, dtype, offset }) => ({
        name,
        shape: shape.map(Number),
        type: dtype,
        offset: Number(tensorDataOffset + offset),
      })),
    );
    return Promise.resolve();
  });
}

describe("openGguf", () => {
  for (const name of ["tiny-qwen2.gguf", "tiny-llama.gguf", "dequantize.gguf"])
    it(`reads the header of ${name} as @huggingface/gguf does`, () => comparesWithHuggingFace(path.join(path.dirname(TINY), name)));

  const base = process.env["UNMASK_BASE_GGUF"];
  const whereBase = base ? it : it.skip;
  whereBase("reads the header of the real base as @huggingface/gguf does (UNMASK_BASE_GGUF)", async function () {
    this.timeout(60_000);
    await comparesWithHuggingFace(base!);
  });

  for (const version of [2, 3])
    it(`reads all kinds of metadata in version ${version}`, async () => {
      const entries = [
        ["a.byte", value.u8(200)],
        ["a.flag", value.boolean(1)],
        ["a.string", value.string("größe 🙂")],
        ["a.small", value.u64(7n)],
        ["a.large", value.u64(2n ** 63n)],
        ["a.negative", value.i64(-5n)],
        ["a.float", value.f64(0.1)],
        ["a.list", value.array([value.string("x"), value.string("")])],
        ["a.nested", value.array([value.array([value.u8(1)]), value.array([], 0)], 9)],
      ] as const;
      const metadata = await withFile(buildGguf({ version, entries }), (file) => using(file, (gguf) => Promise.resolve(gguf.metadata)));
      deepStrictEqual(Object.fromEntries(metadata), {
        "a.byte": 200,
        "a.flag": true,
        "a.string": "größe 🙂",
        "a.small": 7,
        "a.large": 2n ** 63n,
        "a.negative": -5,
        "a.float": 0.1,
        "a.list": ["x", ""],
        "a.nested": [[1], []],
      });
    });

  it("finds tensors where general.alignment puts them", async () => {
    const bytes = buildGguf({
      alignment: 128,
      entries: [["general.alignment", value.u32(128)]],
      tensors: [
        { name: "first", shape: [2, 3], type: F32, offset: 0 },
        { name: "second", shape: [1], type: F32, offset: 128 },
      ],
      weights: floats(33),
    });
    await withFile(bytes, (file) =>
      using(file, async (gguf) => {
        strictEqual(gguf.tensors.get("second")!.offset % 128, 0);
        deepStrictEqual([...(await gguf.readTensor("first"))], [0, 1, 2, 3, 4, 5]);
        deepStrictEqual([...(await gguf.readTensor("second"))], [32]);
      }),
    );
  });

  it("reads chosen rows in the order asked for, of every type", () =>
    using(TINY, async (gguf) => {
      for (const name of ["token_embd.weight", "output.weight", "blk.0.attn_k.weight", "blk.0.attn_v.weight", "blk.0.attn_output.weight"]) {
        const whole = await gguf.readTensor(name);
        const rows = [3, 4, 5, 7, 0, 31, 31, 30, 1, 3];
        const wanted = rows.flatMap((row) => [...whole.subarray(row * 64, (row + 1) * 64)]);
        deepStrictEqual([...(await gguf.readRows(name, rows))], wanted, name);
      }
      strictEqual((await gguf.readRows("output.weight", [])).length, 0);
    }));

  it("reads a tensor of several chunks whole", async () => {
    const count = 3 * 2 ** 20 + 5;
    const bytes = buildGguf({ tensors: [{ name: "long", shape: [count], type: F32, offset: 0 }], weights: floats(count) });
    await withFile(bytes, (file) =>
      using(file, async (gguf) => {
        const values = await gguf.readTensor("long");
        strictEqual(
          values.findIndex((number, index) => number !== index),
          -1,
        );
      }),
    );
  });

  it("refuses rows that there are not", () =>
    using(TINY, async (gguf) => {
      for (const row of [-1, 600, 0.5, NaN]) await rejects(gguf.readRows("output.weight", [row]), RangeError);
    }));

  it("calls a file damaged that lacks a tensor asked for", () =>
    using(TINY, async (gguf) => {
      await rejectsDamaged(gguf.readTensor("nope"), TINY, /no tensor nope/);
      await rejectsDamaged(gguf.readRows("nope", [0]), TINY, /no tensor nope/);
    }));

  it("notices a file that becomes shorter after it was opened", () =>
    withFile(buildGguf({ tensors: [{ name: "a", shape: [64], type: F32, offset: 0 }], weights: floats(64) }), (file) =>
      using(file, async (gguf) => {
        await truncate(file, 150);
        await rejectsDamaged(gguf.readTensor("a"), file, /became shorter/);
      }),
    ));
});
