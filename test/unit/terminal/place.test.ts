import assert from "node:assert/strict";
import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { demoPlace } from "../../../src/terminal/demoPlace";
import { cutHole } from "../../../src/terminal/hole";
import { parseArguments } from "../../../src/terminal/parseArguments";
import { parsePlace, showPlace } from "../../../src/terminal/place";
import { readSource } from "../../../src/terminal/readSource";
import { UsageError } from "../../../src/terminal/usageError";

const refuses = (message: RegExp) => (error: unknown) => error instanceof UsageError && message.test(error.message);

describe("a place in a file", () => {
  it("is read with its file's colons, and shown as it was written", () => {
    assert.deepEqual(parsePlace("C:\\a.ts:3:14"), { file: "C:\\a.ts", start: { line: 3, column: 14 } });
    for (const text of ["a.py:1:1", "d/a b.ts:2:3-4:5"]) assert.equal(showPlace(parsePlace(text)), text);
  });

  it("is refused where it is none, or ends before it begins", () => {
    for (const text of ["a.ts", "a.ts:3", ":1:1", "a.ts:1:2-3"]) assert.throws(() => parsePlace(text), refuses(/no place/), text);
    assert.throws(() => parsePlace("a.ts:2:1-1:9"), refuses(/ends before/));
  });

  it("cuts the rest of the line, or the range", () => {
    const text = "ab\ncdef\n";
    assert.deepEqual(cutHole(text, parsePlace("f:2:3"), false), { prefix: "ab\ncd", leftOut: "ef", suffix: "\n", region: "line" });
    assert.equal(cutHole(text, parsePlace("f:2:3"), true).region, "lines");
    assert.deepEqual(cutHole(text, parsePlace("f:1:2-2:3"), false), { prefix: "a", leftOut: "b\ncd", suffix: "ef\n", region: "span" });
    assert.deepEqual(cutHole("", parsePlace("f:1:1"), false), { prefix: "", leftOut: "", suffix: "", region: "line" });
  });

  it("is refused outside the file", () => {
    assert.throws(() => cutHole("ab", parsePlace("f:2:1"), false), refuses(/no line 2: its last is 1/));
    assert.throws(() => cutHole("ab", parsePlace("f:1:4"), false), refuses(/from 1 to 3/));
    assert.throws(() => cutHole("ab", parsePlace("f:0:1"), false), refuses(/no line 0/));
  });

  it("exists in this project for the demonstration", () => {
    const place = demoPlace(resolve("."));
    assert.ok(place.start.line > 1);
  });
});

describe("the terminal's arguments", () => {
  it("have their defaults, ignore a bare --, and take consent from the environment", () => {
    const expected = { severalLines: false, sampler: "verified", yes: false, json: false, help: false };
    assert.deepEqual(parseArguments([], {}), expected);
    assert.deepEqual(parseArguments(["--", "--json", "--", "a:1:2"], { UNMASK_GET_MODEL: "yes" }), {
      ...expected,
      json: true,
      yes: true,
      place: { file: "a", start: { line: 1, column: 2 } },
    });
  });
  it("are refused where they are unknown or too many", () => {
    assert.throws(() => parseArguments(["--fast"], {}), refuses(/--fast/));
    assert.throws(() => parseArguments(["--sampler", "greedy"], {}), refuses(/greedy/));
    assert.throws(() => parseArguments(["a:1:1", "b:1:1"], {}), refuses(/One place/));
  });
});

describe("a source file", () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), "unmask-terminal-"))));
  afterEach(() => rm(folder, { recursive: true }));

  it("loses its byte order mark and its carriage returns", async () => {
    const file = join(folder, "a.ts");
    await writeFile(file, "\ufeffa\r\nb\n");
    assert.equal(await readSource(file), "a\nb\n");
  });
  it("is refused where it is missing, a folder, binary, huge or no UTF-8", async () => {
    const file = join(folder, "a.ts");
    await assert.rejects(readSource(file), refuses(/does not exist/));
    await assert.rejects(readSource(folder), refuses(/is a folder/));
    await writeFile(file, "a\0b");
    await assert.rejects(readSource(file), refuses(/binary/));
    await writeFile(file, Buffer.from([0x61, 0xff]));
    await assert.rejects(readSource(file), refuses(/not in UTF-8/));
    await truncate(file, 20 * 2 ** 20);
    await assert.rejects(readSource(file), refuses(/20\.0 MiB/));
  });
});
