import assert from "node:assert/strict";
import { countsOfJUnit } from "../../../scripts/testing/countsOfJUnit.mjs";

const report = (...cases: string[]): string => `<?xml version="1.0"?><testsuites><testsuite>${cases.join("")}</testsuite></testsuites>`;

describe("pytest's report", () => {
  it("counts each outcome and names what failed", () => {
    const xml = report(
      '<testcase classname="tests.test_a" name="test_one" time="0.1" />',
      '<testcase classname="tests.test_a" name="test_two[a > b]" time="0.1"><system-out>error</system-out></testcase>',
      '<testcase classname="tests.test_a" name="test_three"><failure message="&lt;no&gt;">E  assert\n</failure></testcase>',
      '<testcase classname="" name="tests.test_b"><error message="collection failure">ImportError</error></testcase>',
      '<testcase classname="tests.test_c" name="test_four"><skipped message="no torch">…</skipped></testcase>',
    );
    assert.deepEqual(countsOfJUnit(xml), { passed: 2, failed: 2, skipped: 1, failures: ["tests.test_a::test_three", "::tests.test_b"] });
  });

  it("is of no test where there is none", () => {
    assert.deepEqual(countsOfJUnit(report()), { passed: 0, failed: 0, skipped: 0, failures: [] });
  });
});
