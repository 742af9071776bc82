import assert from "node:assert/strict";
import fc from "fast-check";
import type { EngineFailure } from "../../../src/backends/engineError";
import { areInfills, isEngineStatus, isInfill, isInitializeResult, isStepParams } from "../../../src/engine/answerShapes";
import { emptyInfill } from "../../../src/engine/emptyInfill";
import { readFailure } from "../../../src/engine/readFailure";

const token = { text: "a", confidence: 0.5 };
const infill = { ...emptyInfill("aborted", "m", 1), text: "a", tokens: [token] };
const step = { id: 1, step: { pass: 1, atMs: 2, cells: [{ state: "revealed", text: "a", confidence: 1, alternatives: [token] }] } };
const initialized = { model: "m", vocabularySize: 7, loadMs: 1, threads: 2, runtime: { name: "onnxruntime-node" } };
const status = { rssBytes: 1, cachedTokens: 0, cpuMs: 2 };

const SHAPES = [
  ["isInfill", isInfill, infill],
  ["areInfills", areInfills(2), [infill, infill]],
  ["isStepParams", isStepParams, step],
  ["isInitializeResult", isInitializeResult, initialized],
  ["isEngineStatus", isEngineStatus, status],
] as const;

/** The value without one of its fields, at any depth, and with it replaced by what JSON can hold and the field can't. */
function* damagedCopies(value: unknown): Generator<unknown> {
  if (typeof value !== "object" || value === null) return;
  for (const [key, field] of Object.entries(value)) {
    const copy = (changed: unknown): unknown =>
      Array.isArray(value) ? value.map((old: unknown, index) => (String(index) === key ? changed : old)) : { ...value, [key]: changed };
    if (!Array.isArray(value)) yield copy(undefined);
    yield copy(null);
    yield copy(typeof field === "string" ? 7 : "x");
    for (const damaged of damagedCopies(field)) yield copy(damaged);
  }
}

it("isInitializeResult refuses what may be absent where it is there and of the wrong type", () => {
  const runtime = { ...initialized.runtime, insteadOfNative: "no library", wideProducts: true, provider: "webgpu" };
  assert.ok(isInitializeResult({ ...initialized, runtime }));
  for (const field of ["insteadOfNative", "wideProducts", "provider"])
    assert.ok(!isInitializeResult({ ...initialized, runtime: { ...runtime, [field]: 7 } }), field);
});

it("isInfill refuses ids that are none, and takes an infill without", () => {
  assert.ok(isInfill({ ...infill, ids: [1, 2] }));
  assert.ok(isInfill(infill));
  for (const ids of ["1", 7, ["1"], [null]]) assert.ok(!isInfill({ ...infill, ids }), JSON.stringify(ids));
});

for (const [name, isShape, good] of SHAPES)
  describe(name, () => {
    it("accepts what the engine sends, with fields that are not known yet", () => {
      assert.ok(isShape(good));
      assert.ok(isShape(JSON.parse(JSON.stringify(good))));
      if (!Array.isArray(good)) assert.ok(isShape({ ...good, later: 1 }));
    });
    it("refuses it with any field missing or of the wrong type", () => {
      for (const damaged of damagedCopies(good)) assert.ok(!isShape(damaged), JSON.stringify(damaged));
    });
    it("never throws, and refuses any other JSON", () => {
      fc.assert(fc.property(fc.jsonValue(), (value) => assert.equal(isShape(value), false)));
    });
  });

it("areInfills refuses more and fewer than were asked for", () => {
  for (const some of [[], [infill], [infill, infill, infill]]) assert.ok(!areInfills(2)(some));
});

describe("readFailure", () => {
  const failures: readonly EngineFailure[] = [
    { kind: "modelMissing", directory: "/m" },
    { kind: "modelDamaged", file: "/m/x", detail: "cut off" },
    { kind: "engineWontStart", detail: "gone" },
    { kind: "engineDied", detail: "killed" },
    { kind: "engineKeepsDying", times: 4, detail: "killed" },
    { kind: "badRequest", detail: "no text" },
  ];
  it("gives every failure as it came", () => {
    for (const failure of failures) assert.deepEqual(readFailure({ ...failure }), failure);
  });
  it("refuses one with any field missing or of the wrong type", () => {
    for (const failure of failures) for (const damaged of damagedCopies(failure)) assert.equal(readFailure(damaged), undefined);
  });
  it("never throws", () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => assert.equal(readFailure(value), undefined)));
    for (const value of [undefined, { kind: "toString" }, { kind: "__proto__" }]) assert.equal(readFailure(value), undefined);
  });
});
