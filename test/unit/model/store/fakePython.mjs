// Stands in for `python -m pip`: gives the wheels of FAKE_INDEX, named PACKAGE-VERSION-py3-none-any.whl, and writes what it was asked to FAKE_INDEX/asked.
import { appendFileSync, copyFileSync, existsSync } from "node:fs";
import path from "node:path";

const args = process.argv.slice(2);
const index = process.env.FAKE_INDEX;
if (args.join(" ") === "-m pip --version") process.exit(0);
appendFileSync(path.join(index, "asked"), `${args.filter((arg) => !path.isAbsolute(arg)).join(" ")}\n`);
const [name, version] = args.at(-1).split("==");
const wheel = path.join(index, `${name}-${version}-py3-none-any.whl`);
if (!existsSync(wheel)) {
  process.stderr.write(`WARNING: odd\n\u001b[31mERROR: No matching distribution found for ${name}==${version}\u001b[0m\n\n`);
  process.exit(1);
}
if (existsSync(path.join(index, "slow"))) await new Promise((resolve) => setTimeout(resolve, 30_000));
const target = args[args.indexOf("-d") + 1];
if (!process.env.TMPDIR.startsWith(process.cwd()) || !target.startsWith(process.cwd())) process.exit(9);
copyFileSync(wheel, path.join(target, path.basename(wheel)));
