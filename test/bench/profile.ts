import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PreparedModel } from "../../src/model/preparedModel";
import { Session } from "../../src/model/session";
import { round } from "./statistics";

interface ProfileEvent {
  readonly cat?: string;
  readonly name: string;
  /** microseconds */
  readonly dur: number;
  readonly args?: { readonly op_name?: string };
}

export interface Profile {
  /** ms a pass by operator, the costliest first, with how often a pass runs it */
  readonly operators: Record<string, { readonly ms: number; readonly times: number }>;
  /** ms a pass in which no operator ran */
  readonly betweenMs: number;
}

/** Where a pass's time goes, by onnxruntime's own profile of 20 passes. @param rows clean tokens of a pass; all rows' logits wanted where `all` */
export async function measureProfile(
  directory: string,
  prepared: PreparedModel,
  threads: number,
  { rows, cached, all }: { readonly rows: number; readonly cached: number; readonly all: boolean },
): Promise<Profile> {
  const passes = 20;
  const folder = mkdtempSync(join(tmpdir(), "unmask-profile-"));
  try {
    const session = await Session.open(directory, prepared, { threads, profileInto: join(folder, "profile") });
    for (let at = 0; at < cached; at += 128) await session.forward(new Array<number>(Math.min(128, cached - at)).fill(17), [], []);
    const wanted = all ? Array.from({ length: rows }, (_, row) => row) : [];
    for (let i = 0; i < passes; i++) {
      session.truncate(cached);
      await session.forward(new Array<number>(rows).fill(19), [], wanted);
    }
    session.endProfile();
    await session.dispose();
    const [file] = readdirSync(folder);
    return summary(JSON.parse(readFileSync(join(folder, file!), "utf8")) as readonly ProfileEvent[], passes);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function summary(events: readonly ProfileEvent[], passes: number): Profile {
  // A run's event comes behind those of its operators.
  const runs = [...events.keys()].filter((at) => events[at]!.name === "model_run");
  const measured = runs.slice(-passes).map((at) => events[at]!);
  const from = (runs.at(-passes - 1) ?? -1) + 1;
  const kernels = events.slice(from).filter(({ cat, name }) => cat === "Node" && name.endsWith("_kernel_time"));
  const operators = new Map<string, { ms: number; times: number }>();
  for (const { dur, args } of kernels) {
    const entry = operators.get(args!.op_name!) ?? { ms: 0, times: 0 };
    operators.set(args!.op_name!, { ms: entry.ms + dur / 1_000 / passes, times: entry.times + 1 / passes });
  }
  const ordered = [...operators].sort(([, a], [, b]) => b.ms - a.ms);
  const inside = ordered.reduce((sum, [, { ms }]) => sum + ms, 0);
  const whole = measured.reduce((sum, { dur }) => sum + dur / 1_000 / passes, 0);
  return {
    operators: Object.fromEntries(ordered.map(([name, { ms, times }]) => [name, { ms: round(ms, 2), times: Math.round(times) }])),
    betweenMs: round(whole - inside, 2),
  };
}
