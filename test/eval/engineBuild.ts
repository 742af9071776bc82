import { join } from "node:path";
import { sha256OfFile } from "../../src/model/sha256OfFile";
import { errorCode } from "../../src/model/store/errorCode";
import { EvalError } from "./evalError";

/** The engine's program as it was built: what answers is it, not its source. */
export interface EngineBuild {
  readonly file: string;
  readonly sha256: string;
}

export const ENGINE_FILE = join(__dirname, "../../dist/engine.cjs");

/** @throws EvalError noBuild */
export async function engineBuild(file = ENGINE_FILE): Promise<EngineBuild> {
  try {
    return { file, sha256: await sha256OfFile(file) };
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    throw new EvalError({ kind: "noBuild", file, code }, { cause: error });
  }
}

/** Refuses to start what is another program by now: a run takes hours, and its settings name the build. @throws EvalError noBuild, rebuilt */
export async function refuseRebuilt({ file, sha256 }: EngineBuild): Promise<void> {
  if ((await engineBuild(file)).sha256 !== sha256) throw new EvalError({ kind: "rebuilt", file });
}
