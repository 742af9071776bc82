import path from "node:path";
import type { GgufValue } from "../../../../src/model/gguf/gguf";
import { openGguf } from "../../../../src/model/gguf/openGguf";
import { loadTokenizer } from "../../../../src/model/tokenizer/loadTokenizer";
import { makeTokenizerJson } from "../../../../src/model/tokenizer/makeTokenizerJson";

export const TINY = path.join(__dirname, "../../../fixtures/model/tiny-qwen2.gguf");

export interface Base {
  readonly file: string;
  readonly metadata: ReadonlyMap<string, GgufValue>;
}

/** A file's name and metadata: what the tokenizer is made from. */
export async function baseOf(file: string): Promise<Base> {
  const gguf = await openGguf(file);
  await gguf.close();
  return { file, metadata: gguf.metadata };
}

/** As the engine gets it: through the text of tokenizer.json. */
export function loaded(base: Base, ids?: readonly number[]) {
  const json = makeTokenizerJson(base, ids && { file: "vocabulary.json", ids });
  return loadTokenizer(JSON.parse(JSON.stringify(json)) as typeof json);
}
