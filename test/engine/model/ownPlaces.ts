import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { InfillRequest } from "../../../src/backends/infiller";

/**
 * Places spread over this repository's own files, in the middle of lines, between them and inside words. Every other one asks for the rest of its line.
 * @param folder in src
 * @param region of the others, in place of the next 40 characters
 */
export function ownPlaces(folder: string, count: number, region: "lines" | "span"): InfillRequest[] {
  const sources = join(__dirname, "../../../src", folder);
  const text = readdirSync(sources)
    .filter((name) => name.endsWith(".ts"))
    .sort()
    .map((name) => readFileSync(join(sources, name), "utf8").replaceAll("\r\n", "\n"))
    .join("\n");
  return Array.from({ length: count }, (_, i) => {
    const at = Math.floor(((i + 0.5) * text.length) / count);
    const isLine = i % 2 === 0;
    const end = isLine ? text.indexOf("\n", at) : at + 40;
    return {
      prefix: text.slice(Math.max(0, at - 400), at),
      suffix: text.slice(end, end + 160),
      region: isLine ? "line" : region,
      languageId: "typescript",
      maxTokens: 24,
      sampler: "verified",
    };
  });
}
