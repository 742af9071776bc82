import { ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import * as fc from "fast-check";
import { EngineError } from "../../../../src/backends/engineError";
import { openGguf } from "../../../../src/model/gguf/openGguf";
import { buildGguf, text, value, type RawGguf, type RawTensor } from "./buildGguf";
import { rejectsDamaged } from "./rejectsDamaged";
import { withFile } from "./withFile";

const HUGE = 2n ** 64n - 1n;
const TINY = path.join(__dirname, "../../../fixtures/model/tiny-qwen2.gguf");
const weights = Buffer.alloc(256);
const tensor = (change: Partial<RawTensor> = {}): RawTensor => ({ name: "a", shape: [8], type: 0, offset: 0, ...change });

/** What is wrong, the file, the reason it must be refused for. */
const HOSTILE: readonly (readonly [string, RawGguf | Buffer, RegExp])[] = [
  ["nothing in it", Buffer.alloc(0), /not a GGUF/],
  ["three bytes", Buffer.from("GGU"), /not a GGUF/],
  ["a web page in it", Buffer.from("<!doctype html><html><body>Not found</body></html>"), /not a GGUF/],
  ["only the magic", Buffer.from("GGUF"), /ends within its header/],
  ["version 1", { version: 1 }, /version 1/],
  ["version 4", { version: 4 }, /version 4/],
  ["big-endian numbers", { version: 0x03000000 }, /big-endian/],
  ["more metadata than bytes", { entryCount: 1000n }, /metadata entries/],
  ["2^64 - 1 metadata entries", { entryCount: HUGE }, /metadata entries/],
  ["more tensors than bytes", { tensorCount: 1000n }, /counts 1000 tensors/],
  ["2^64 - 1 tensors", { tensorCount: HUGE }, /tensors/],
  [
    "a key longer than the file",
    Buffer.concat([buildGguf({ entryCount: 1n }).subarray(0, 24), text("key", 1n << 40n), Buffer.alloc(64)]),
    /bytes in a string/,
  ],
  ["a string of 2^64 - 1 bytes", { entries: [["k", { type: 8, bytes: text("x", HUGE) }]] }, /bytes in a string/],
  ["an unknown type of value", { entries: [["k", { type: 13, bytes: Buffer.alloc(8) }]] }, /unknown type 13/],
  ["an unknown type in an array", { entries: [["k", value.array([], 77)]] }, /unknown type 77/],
  ["a boolean of 2", { entries: [["k", value.boolean(2)]] }, /boolean/],
  ["an array longer than the file", { entries: [["k", value.array([value.u8(1)], 0, 1n << 40n)]] }, /values in an array/],
  ["an array of 2^64 - 1 values", { entries: [["k", value.array([value.u8(1)], 0, HUGE)]] }, /values in an array/],
  [
    "an array of five million values",
    { entries: [["k", { type: 9, bytes: Buffer.concat([value.array([], 0, 5_000_000n).bytes, Buffer.alloc(5_000_000)]) }]] },
    /5000000 values/,
  ],
  [
    "arrays in arrays without end",
    { entries: [["k", Array.from({ length: 2000 }).reduce<ReturnType<typeof value.u8>>((inner) => value.array([inner]), value.u8(1))]] },
    /nests arrays/,
  ],
  [
    "a key twice",
    {
      entries: [
        ["k", value.u8(1)],
        ["k", value.u8(2)],
      ],
    },
    /"k" occurs twice/,
  ],
  ["an alignment of 0", { entries: [["general.alignment", value.u32(0)]] }, /general\.alignment/],
  ["an alignment of 24", { entries: [["general.alignment", value.u32(24)]] }, /general\.alignment/],
  ["an alignment of 2^31", { entries: [["general.alignment", value.u32(2 ** 31)]] }, /general\.alignment/],
  ["a word for an alignment", { entries: [["general.alignment", value.string("32")]] }, /general\.alignment/],
  ["a tensor without dimensions", { tensors: [tensor({ shape: [] }), tensor({ name: "b" })], weights }, /0 dimensions/],
  ["a tensor of five dimensions", { tensors: [tensor({ shape: [1, 1, 1, 1, 1] })], weights }, /5 dimensions/],
  ["a dimension of 0", { tensors: [tensor({ shape: [8, 0] })], weights }, /dimension of 0/],
  ["a dimension of 2^64 - 1", { tensors: [tensor({ shape: [HUGE] })], weights }, /dimension of/],
  ["dimensions whose product overflows", { tensors: [tensor({ shape: [1n << 32n, 1n << 32n] })], weights }, /dimension of/],
  ["dimensions whose product wraps to little", { tensors: [tensor({ shape: [2n ** 31n, 2n ** 31n, 4n] })], weights }, /dimension of/],
  ["a tensor larger than the file", { tensors: [tensor({ shape: [65] })], weights }, /"a" lies beyond its end/],
  ["a tensor behind the file's end", { tensors: [tensor({ offset: 256 })], weights }, /"a" lies beyond its end/],
  ["an offset of 2^64 - 32", { tensors: [tensor({ offset: 2n ** 64n - 32n })], weights }, /not aligned|beyond/],
  ["an unaligned tensor", { tensors: [tensor({ offset: 4 })], weights }, /"a" is not aligned/],
  ["overlapping tensors", { tensors: [tensor({ shape: [32] }), tensor({ name: "b", offset: 96 })], weights }, /"a" and "b" overlap/],
  ["two tensors in one place", { tensors: [tensor(), tensor({ name: "b" })], weights }, /overlap/],
  ["a tensor twice", { tensors: [tensor(), tensor({ offset: 32 })], weights }, /"a" occurs twice/],
  ["an unknown type of tensor", { tensors: [tensor({ type: 99 })], weights }, /type 99/],
  ["a type of tensor that is not read", { tensors: [tensor({ type: 16 })], weights }, /type 16/],
  ["rows of half a block", { tensors: [tensor({ shape: [48], type: 8 })], weights }, /whole blocks of Q8_0/],
];

describe("openGguf with hostile files", () => {
  for (const [what, file, detail] of HOSTILE)
    it(`refuses a file with ${what}`, () =>
      withFile(Buffer.isBuffer(file) ? file : buildGguf(file), (name) => rejectsDamaged(openGguf(name), name, detail)));

  it("accepts the file that those are made from", () =>
    withFile(
      buildGguf({ entries: [["k", value.u8(1)]], tensors: [tensor(), tensor({ name: "b", offset: 32 })], weights }),
      async (file) => {
        await (await openGguf(file)).close();
      },
    ));

  it("refuses a file that is not there, and a folder", async () => {
    await rejectsDamaged(openGguf("/nowhere/base.gguf"), "/nowhere/base.gguf", /ENOENT/);
    await rejectsDamaged(openGguf(tmpdir()), tmpdir(), /not a file|EISDIR/);
  });

  it("refuses a model cut off anywhere", async () => {
    const whole = readFileSync(TINY);
    const lengths = Array.from({ length: 60 }, (_, index) => Math.floor((index / 60) * whole.length));
    for (const length of [...lengths, 4, 8, 16, 24, 25, whole.length - 1])
      await withFile(whole.subarray(0, length), (file) => rejectsDamaged(openGguf(file), file, /./));
  });

  it("opens or refuses, and nothing else, whatever bytes change", async function () {
    this.timeout(60_000);
    const whole = buildGguf({
      entries: [
        ["k", value.array([value.string("x"), value.string("yy")])],
        ["l", value.u32(5)],
      ],
      tensors: [tensor(), tensor({ name: "b", offset: 32 })],
      weights,
    });
    const change = fc.tuple(fc.nat(whole.length - 1), fc.constantFrom(0, 1, 2, 127, 128, 255));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
        const bytes = Buffer.from(whole);
        for (const [at, byte] of changes) bytes[at] = byte;
        await withFile(bytes, async (file) => {
          try {
            const gguf = await openGguf(file);
            try {
              for (const name of gguf.tensors.keys()) await gguf.readTensor(name);
            } finally {
              await gguf.close();
            }
          } catch (error) {
            ok(error instanceof EngineError && error.failure.kind === "modelDamaged", String(error));
          }
        });
      }),
      { numRuns: 500 },
    );
  });
});
