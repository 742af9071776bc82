import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { truncate } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import * as fc from "fast-check";
import { EngineError } from "../../../src/backends/engineError";
import { openSafetensors } from "../../../src/model/safetensors";
import { rejectsDamaged } from "./gguf/rejectsDamaged";
import { withFile } from "./gguf/withFile";

const TINY = path.join(__dirname, "../../fixtures/model/tiny-adapter.safetensors");

/** A file: the header's length, the header, the tensors' bytes. */
function build(header: unknown, weights = Buffer.alloc(0), headerBytes?: bigint): Buffer {
  const json = Buffer.from(typeof header === "string" ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(headerBytes ?? BigInt(json.length));
  return Buffer.concat([length, json, weights]);
}

const entry = (change: object = {}) => ({ dtype: "F32", shape: [2, 2], data_offsets: [0, 16], ...change });
const weights = Buffer.alloc(16);

/** What is wrong, the file, the reason it must be refused for. */
const HOSTILE: readonly (readonly [string, Buffer, RegExp])[] = [
  ["nothing in it", Buffer.alloc(0), /not a safetensors/],
  ["a header of 2^64 - 1 bytes", build({ a: entry() }, weights, 2n ** 64n - 1n), /header claims 18446744073709551615/],
  ["a header of 2^63 bytes", build({ a: entry() }, weights, 2n ** 63n), /header claims/],
  ["a header longer than the file", build({}, weights, 100n), /header claims 100/],
  ["a web page in it", Buffer.from("<!doctype html><html><body>Not found</body></html>"), /header claims/],
  ["a header that is not JSON", build("{]"), /not JSON/],
  ["a header that is a list", build([]), /not an object/],
  ["a header that is null", build("null"), /not an object/],
  ["an entry that is a number", build({ a: 1 }), /entry "a" is not an object/],
  ["metadata that is not strings", build({ __metadata__: { rank: 4 } }), /metadata "rank" is not a string/],
  ["an unknown type", build({ a: entry({ dtype: "Q4" }) }, weights), /"a" has a type that is not read/],
  ["a type that is not read", build({ a: entry({ dtype: "I64" }) }, weights), /"a" has a type/],
  ["a type of the wrong size", build({ a: entry({ dtype: "F16" }) }, weights), /takes 16 bytes, and its shape 8/],
  ["a shape that is not its size", build({ a: entry({ shape: [2, 3] }) }, weights), /takes 16 bytes, and its shape 24/],
  ["a shape whose product overflows", build({ a: entry({ shape: [2 ** 40, 2 ** 40] }) }, weights), /its shape/],
  ["a negative dimension", build({ a: entry({ shape: [-2, -2] }) }, weights), /no shape/],
  ["half a dimension", build({ a: entry({ shape: [0.5, 8] }) }, weights), /no shape/],
  ["no shape", build({ a: { dtype: "F32", data_offsets: [0, 16] } }, weights), /no shape/],
  ["three offsets", build({ a: entry({ data_offsets: [0, 8, 16] }) }, weights), /no place/],
  ["a negative offset", build({ a: entry({ data_offsets: [-16, 0] }) }, weights), /no place/],
  ["an end before its beginning", build({ a: entry({ data_offsets: [16, 0] }) }, weights), /takes -16 bytes/],
  ["a tensor beyond its end", build({ a: entry({ data_offsets: [16, 32] }) }, weights), /does not begin where/],
  ["a tensor that ends beyond it", build({ a: entry({ shape: [8], data_offsets: [0, 32] }) }, weights), /end at byte/],
  ["overlapping tensors", build({ a: entry(), b: entry({ shape: [2], data_offsets: [8, 16] }) }, weights), /"b" does not begin where/],
  ["two tensors in one place", build({ a: entry(), b: entry() }, weights), /does not begin where/],
  ["a gap", build({ a: entry({ shape: [2], data_offsets: [8, 16] }) }, weights), /"a" does not begin where/],
  ["bytes left over", build({ a: entry() }, Buffer.alloc(20)), /end at byte/],
  [
    "a name twice",
    build(
      `{"a":${JSON.stringify(entry({ shape: [2], data_offsets: [0, 8] }))},"a":${JSON.stringify(entry({ shape: [2], data_offsets: [8, 16] }))}}`,
      weights,
    ),
    /does not begin/,
  ],
];

describe("openSafetensors", () => {
  it("reads an adapter's metadata and tensors", async () => {
    const adapter = await openSafetensors(TINY);
    deepStrictEqual(Object.fromEntries(adapter.metadata), { rank: "4", scale: "2.0", block: "8" });
    strictEqual(adapter.tensors.size, 29);
    const { shape, type } = adapter.tensors.get("layers.1.mlp.down_proj.a")!;
    deepStrictEqual({ shape, type }, { shape: [4, 128], type: "F16" });
    const mask = await adapter.read("mask_embedding");
    strictEqual(mask.length, 64);
    deepStrictEqual([...mask.subarray(0, 3)], [2.040919, -2.555665, 0.41809884].map(Math.fround));
    await adapter.close();
  });

  it("reads F32, F16, BF16, and tensors without values", async () => {
    const bytes = Buffer.concat([
      Buffer.from(Float32Array.of(1.5, -2).buffer),
      Buffer.from(Uint16Array.of(0x3c00, 0xc000).buffer),
      Buffer.from(Uint16Array.of(0x3fc0, 0xc000).buffer),
    ]);
    const header = {
      single: { dtype: "F32", shape: [2], data_offsets: [0, 8] },
      half: { dtype: "F16", shape: [2, 1], data_offsets: [8, 12] },
      empty: { dtype: "F32", shape: [0, 4], data_offsets: [12, 12] },
      brain: { dtype: "BF16", shape: [1, 2], data_offsets: [12, 16] },
    };
    await withFile(build(header, bytes), async (file) => {
      const opened = await openSafetensors(file);
      deepStrictEqual([...(await opened.read("single"))], [1.5, -2]);
      deepStrictEqual([...(await opened.read("half"))], [1, -2]);
      deepStrictEqual([...(await opened.read("brain"))], [1.5, -2]);
      strictEqual((await opened.read("empty")).length, 0);
      strictEqual(opened.metadata.size, 0);
      await opened.close();
    });
  });

  for (const [what, bytes, detail] of HOSTILE)
    it(`refuses a file with ${what}`, () => withFile(bytes, (file) => rejectsDamaged(openSafetensors(file), file, detail)));

  it("refuses a file that is not there, and a folder", async () => {
    await rejectsDamaged(openSafetensors("/nowhere/adapter"), "/nowhere/adapter", /ENOENT/);
    await rejectsDamaged(openSafetensors(tmpdir()), tmpdir(), /not a file|EISDIR/);
  });

  it("refuses an adapter cut off anywhere", async () => {
    const whole = readFileSync(TINY);
    for (let part = 0; part < 40; part++)
      await withFile(whole.subarray(0, Math.floor((part / 40) * whole.length)), (file) => rejectsDamaged(openSafetensors(file), file, /./));
  });

  it("calls a file damaged that lacks a tensor asked for, or has become shorter", () =>
    withFile(build({ a: entry() }, weights), async (file) => {
      const opened = await openSafetensors(file);
      await rejectsDamaged(opened.read("nope"), file, /no tensor nope/);
      await truncate(file, 60);
      await rejectsDamaged(opened.read("a"), file, /became shorter/);
      await opened.close();
    }));

  it("opens or refuses, and nothing else, whatever stands in the header", async () => {
    const leaf = fc.oneof(fc.nat(40), fc.constantFrom("F32", "F16", "a"), fc.constant(null));
    const odd = fc.oneof(
      leaf,
      fc.array(leaf, { maxLength: 3 }),
      fc.dictionary(fc.constantFrom("dtype", "shape", "data_offsets"), fc.oneof(leaf, fc.array(leaf, { maxLength: 3 }))),
    );
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.constantFrom("a", "b", "__metadata__", "__proto__"), odd), (header) =>
        withFile(build(header, weights), async (file) => {
          try {
            await (await openSafetensors(file)).close();
          } catch (error) {
            ok(error instanceof EngineError && error.failure.kind === "modelDamaged", String(error));
          }
        }),
      ),
      { numRuns: 200 },
    );
  });
});
