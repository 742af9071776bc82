/**
 * Makes trace.json: npx tsx test/replay/makeTrace.ts
 *
 * What is typed was written by hand: methods of a TypeScript class and functions of a Python script, in the order a person adds them, with second
 * thoughts, corrections and jumps. When each key falls is drawn (typist.ts): nobody's keyboard was recorded.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Typist } from "./typist";
import { TRACE_FILE } from "./typingTrace";

const document = (name: string, languageId: string) => ({
  name,
  languageId,
  text: readFileSync(join(__dirname, "documents", name), "utf8"),
});

const [TS, PY] = [0, 1];

const typist = new Typist([document("inventory.ts", "typescript"), document("access_report.py", "python")], 20_261_125)
  .jump(TS, "  // reports\n")
  .type("\n  totalValueCents(): number {\n    let total = 0;\n    for (const item of this.items.values()) {")
  .type("\n      total += item.priceCents * item.quantity;\n    ")
  .type("}\n    return total;\n  }\n")
  .pause(1_500)
  .type("\n  soldSince(date: Date): ")
  .pause(600)
  .type("Movement[] {\n    return this.movements.filter((movement) => movement.change < 0 && movement.at >= date);\n  }\n")
  .jump(TS, "readonly change: number;\n  readonly at: Date;\n", "behind")
  .type("  readonly user: string;\n")
  .pause(1_000)
  .erase("  readonly user: string;\n".length)
  .jump(PY, "# summaries\n")
  .type("\n\ndef by_path(requests: Iterable[Request]) -> dict[str, list[int]]:\n    times = defaultdict(list)")
  .type("\n    for request in requests:\n        times[request.path].append(request.mil")
  .pause(300)
  .type("liseconds)\n    return times\n")
  .jump(PY, 'failed")\n')
  .type("    for path, times in ")
  .pause(500)
  .type('by_path(requests).items():\n        slow = percentile(times, 0.95)\n        print(f"{path}: {slow} ms")\n')
  .jump(TS, "  // reports\n", "before")
  .type(
    "  /** Items that fall below `least` pieces. */\n  runningLow(least = 5): Item[] {\n    return [...this.items.values()].filter((item) => item.",
  )
  .pause(400)
  .type("quantity < least);\n  }\n\n");

writeFileSync(TRACE_FILE, `${JSON.stringify(typist.trace, null, 1)}\n`);
const keys = typist.trace.events.filter(({ removed, inserted }) => removed + inserted.length > 0).length;
console.log(`${typist.trace.events.length} events, ${keys} keystrokes, ${(typist.trace.events.at(-1)!.atMs / 1_000).toFixed(0)} s`);
