import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { EngineError } from "../backends/engineError";
import { damaged } from "../model/damaged";
import { GRAPH_FILE, PREPARED_FILE, PREPARED_VERSION, TOKENIZER_FILE, WEIGHTS_FILE, type PreparedModel } from "../model/preparedModel";

const NEEDED_FILES = [GRAPH_FILE, WEIGHTS_FILE, TOKENIZER_FILE];
const SIZES = ["layers", "width", "heads", "kvHeads", "headSize", "vocabularySize", "contextLength", "blockSize", "draftSize"] as const;
const SPECIAL = ["prefix", "suffix", "middle", "mask", "end", "file"] as const;

/**
 * Reads what a prepared folder says of itself, and checks that its files have the sizes it says. Their sha256 was checked when they were made;
 * half a gigabyte is not read again at each start.
 * @throws EngineError modelMissing where there is no prepared.json, modelDamaged where it or a file cannot be what it should be
 */
export async function readPrepared(directory: string): Promise<PreparedModel> {
  const file = join(directory, PREPARED_FILE);
  const refuse = (detail: string, cause?: unknown): EngineError => damaged(file, detail, cause);
  let prepared: Partial<PreparedModel> | null;
  try {
    prepared = JSON.parse(await readFile(file, "utf8")) as Partial<PreparedModel> | null;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "ENOTDIR") throw new EngineError({ kind: "modelMissing", directory }, { cause: error });
    throw refuse(error instanceof SyntaxError ? "it is no JSON" : String(error), error);
  }
  if (typeof prepared !== "object" || prepared === null) throw refuse("it holds no object");
  if (prepared.version !== PREPARED_VERSION) throw refuse(`it has version ${String(prepared.version)}, not ${PREPARED_VERSION}`);
  if (typeof prepared.name !== "string") throw refuse("it has no name");
  for (const size of SIZES) if (!isCount(prepared[size])) throw refuse(`${size} is no positive integer`);
  for (const token of SPECIAL) {
    const id = prepared.specialTokens?.[token];
    if (token === "file" && id === undefined) continue;
    if (!Number.isInteger(id) || id! < 0 || id! >= prepared.vocabularySize!) throw refuse(`the ${token} token is not in the vocabulary`);
  }
  for (const name of NEEDED_FILES) await checkSize(join(directory, name), prepared.files?.[name]?.bytes);
  return prepared as PreparedModel;
}

async function checkSize(file: string, bytes: number | undefined): Promise<void> {
  const refuse = (detail: string, cause?: unknown): EngineError => damaged(file, detail, cause);
  if (bytes === undefined) throw refuse(`${PREPARED_FILE} does not list it`);
  const { size } = await stat(file).catch((error: unknown) => {
    throw refuse((error as NodeJS.ErrnoException).code === "ENOENT" ? "it is missing" : String(error), error);
  });
  if (size !== bytes) throw refuse(`${size} bytes, not ${bytes}`);
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) > 0;
}
