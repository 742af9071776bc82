import assert from "node:assert/strict";
import { EvalError } from "../../../eval/evalError";
import type { KeptContestant } from "../../../eval/evalFile";
import { plotsOf, SPEEDS, type Speed } from "../../../eval/report/plots";
import { renderSvg } from "../../../eval/report/renderSvg";
import { referenceOf, reportedSets } from "../../../eval/report/reportedSets";
import { reportTables } from "../../../eval/report/reportTables";
import { contestant, file, SET } from "./sampleSet";

const GOOD = contestant("good", [true, true, true, false]);
const BAD = contestant("bad", [false, false, true, false]);
const RUNNING: KeptContestant = { name: "running", settings: {}, machine: {}, attempts: GOOD.attempts.slice(0, 1) };
const oneSet = (...all: Parameters<typeof file>) => reportedSets([file(...all)])[0]!;

describe("the evaluation's report", () => {
  it("puts files of one set together, and sets apart", () => {
    const other = { ...file(BAD), set: { ...SET, maxTokens: 10 } };
    const sets = reportedSets([file(GOOD), other, file(RUNNING)]);
    assert.deepEqual(
      sets.map(({ contestants, unfinished }) => [contestants.map(({ name }) => name), unfinished.map(({ name }) => name)]),
      [
        [["good"], ["running"]],
        [["bad"], []],
      ],
    );
    assert.throws(() => reportedSets([file(GOOD), file(GOOD)]), /two contestants that are called good/);
  });

  it("compares with the one that is named, else with the first; never with one that is not over", () => {
    assert.equal(referenceOf(oneSet(GOOD, BAD), undefined)!.name, "good");
    assert.equal(referenceOf(oneSet(GOOD, BAD), "bad")!.name, "bad");
    assert.throws(() => referenceOf(oneSet(GOOD, RUNNING), "running"), EvalError);
    assert.equal(referenceOf(oneSet(RUNNING), undefined), undefined);
  });

  it("has tables by kind where there are several, and none by the one language", () => {
    const tables = reportTables(oneSet(GOOD, BAD, RUNNING), undefined);
    const byKind = tables.split("\n\n").find((table) => table.includes("by kind"))!;
    assert.match(byKind, /line \(2\) \| +span \(2\)/);
    assert.match(byKind, /good .*50\.0 \(0\.0 to 100\.0\) \| +100\.0 \(100\.0 to 100\.0\)/);
    assert.doesNotMatch(tables, /by language/);
    assert.match(tables, /Not over yet: running \(1 answers\)\.$/);
  });

  it("has the paired differences, with their signs, and none of one with itself", () => {
    const differences = (reference: string) => {
      const set = oneSet(GOOD, BAD);
      const tables = reportTables(set, referenceOf(set, reference)).split("\n\n");
      return tables.find((table) => table.startsWith("| more than"))!;
    };
    assert.match(differences("good"), /\| bad +\| +−50\.0 \(−100\.0 to 0\.0\)/);
    assert.match(differences("bad"), /\| good +\| +\+50\.0 \(0\.0 to \+100\.0\)/);
    assert.equal(differences("bad").split("\n").length, 3);
  });

  it("says by what the figures were made, and how busy the machine was", () => {
    const tables = reportTables(oneSet(GOOD), undefined);
    assert.match(tables, /good +\| +unmask 0\.1\.0, onnxruntime 1\.2\.3 \| +0123456789ab \| +as chosen \| +2 × a fast one \| +0\.3 \|/);
  });

  it("is judged by the tests where the set has any", () => {
    assert.match(reportTables(oneSet(contestant("tested", [true, false], true)), undefined), /pass %, by kind/);
    assert.match(reportTables(oneSet(GOOD), undefined), /exact %, by kind/);
  });

  it("has plots of speed and of kinds, each a picture that names every contestant", async () => {
    const plots = plotsOf(oneSet(GOOD, BAD, RUNNING));
    assert.deepEqual(
      plots.map(({ name }) => name),
      ["holes-speed", "holes-kinds"],
    );
    for (const { spec } of plots) {
      const svg = await renderSvg(spec);
      assert.match(svg, /^<svg [\s\S]*<\/svg>\n$/);
      for (const name of [">good<", ">bad<"]) assert.ok(svg.includes(name), name);
      assert.doesNotMatch(svg, /NaN|undefined|<script/);
    }
    assert.deepEqual(plotsOf(oneSet(RUNNING)), []);
  });

  it("has a plot against hours of those whose hours are known", async () => {
    const plots = plotsOf(
      oneSet(GOOD, BAD),
      "msPerAnswer",
      new Map([
        ["good", 1.5],
        ["bad", 0],
        ["nobody", 3],
      ]),
    );
    const svg = await renderSvg(plots.find(({ name }) => name === "holes-hours")!.spec);
    for (const name of [">good<", ">bad<", ">hours trained<"]) assert.ok(svg.includes(name), name);
    assert.equal(
      plotsOf(oneSet(GOOD, BAD), "msPerAnswer", new Map([["good", 1]])).some(({ name }) => name.endsWith("-hours")),
      false,
    );
  });

  it("has the speed that is wanted on its axis", async () => {
    for (const [speed, title] of Object.entries(SPEEDS))
      assert.ok((await renderSvg(plotsOf(oneSet(GOOD), speed as Speed)[0]!.spec)).includes(`>${title}<`), speed);
  });
});
