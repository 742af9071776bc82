import fs from "node:fs";
import path from "node:path";

/** What VS Code calls: runs every test file beside this one, and writes the counts that the runner checks. */
export async function run(): Promise<void> {
  const { default: Mocha } = await import("mocha");
  const mocha = new Mocha({ ui: "bdd", color: false, timeout: 30_000, reporter: "spec" });
  for (const name of fs
    .readdirSync(__dirname)
    .filter((file) => file.endsWith(".test.js"))
    .sort())
    mocha.addFile(path.join(__dirname, name));
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    const names: string[] = [];
    runner.on("fail", (test, error: unknown) => names.push(`${test.fullTitle()}: ${String(error).split("\n", 1)[0]}`));
    runner.once("end", () => {
      const { passes, failures: failed, pending } = runner.stats!;
      fs.writeFileSync(process.env["MOCHA_COUNTS"]!, JSON.stringify({ passed: passes, failed, skipped: pending, failures: names }));
    });
  });
  if (failures > 0) throw new Error(`${failures} tests failed`);
}
