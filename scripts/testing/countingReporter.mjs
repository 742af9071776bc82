import { writeFileSync } from "node:fs";
import mocha from "mocha";

/** Mocha's own "spec", and at the end the counts as JSON in the file that MOCHA_COUNTS names. */
export default class CountingReporter extends mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once("end", () => {
      const { passes, failures, pending } = this.stats;
      writeFileSync(process.env.MOCHA_COUNTS, JSON.stringify({ passed: passes, failed: failures, skipped: pending }));
    });
  }
}
