import { writeFileSync } from "node:fs";
import mocha from "mocha";

/** Mocha's own "spec", and at the end the counts, and the names of what failed, as JSON in the file that MOCHA_COUNTS names. */
export default class CountingReporter extends mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const failures = [];
    runner.on("fail", (test, error) => failures.push(`${test.fullTitle()}: ${String(error?.message).split("\n", 3).join(" | ")}`));
    runner.once("end", () => {
      const { passes, failures: failed, pending } = this.stats;
      writeFileSync(process.env.MOCHA_COUNTS, JSON.stringify({ passed: passes, failed, skipped: pending, failures }));
    });
  }
}
