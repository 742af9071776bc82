/**
 * Counts the tests in a report as pytest writes it (`--junitxml`).
 *
 * @param {string} xml
 * @returns {import("./runMocha.mjs").Counts} `failures` by the tests' names; a file that could not be loaded is one failure
 */
export function countsOfJUnit(xml) {
  const counts = { passed: 0, failed: 0, skipped: 0, failures: [] };
  for (const [, attributes, end, body = ""] of xml.matchAll(/<testcase\b((?:[^>"]|"[^"]*")*?)(?:\/>|(>)([\s\S]*?)<\/testcase>)/g)) {
    const outcome = end === undefined ? undefined : /<(failure|error|skipped)\b/.exec(body)?.[1];
    if (outcome === "skipped") counts.skipped++;
    else if (outcome === undefined) counts.passed++;
    else {
      counts.failed++;
      counts.failures.push(["classname", "name"].map((name) => new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1] ?? "").join("::"));
    }
  }
  return counts;
}
