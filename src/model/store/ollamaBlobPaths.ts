import * as path from "node:path";
import type { Surroundings } from "./storeDirectory";

/** Where Ollama keeps models when it runs as the service that its Linux installer sets up, under a user of its own. */
const LINUX_SERVICE = "/usr/share/ollama/.ollama/models";

/**
 * Where Ollama may keep a file: `models/blobs/sha256-<hex>`. The folder is OLLAMA_MODELS, or one in the home of who runs it
 * (docs.ollama.com/faq, "Where are models stored?"). All are named, not the first: our environment need not be that of Ollama's server.
 * A GGUF has its publisher's sha256 there when it was pulled from a hub (`ollama pull hf.co/…`); Ollama's own library converts its models itself.
 */
export function ollamaBlobPaths(sha256: string, { env, platform, home }: Surroundings): string[] {
  const paths = platform === "win32" ? path.win32 : path.posix;
  // Ollama, too, takes quotes and blanks around a value away. A relative folder would depend on where its server was started.
  const chosen = (env["OLLAMA_MODELS"] ?? "").trim().replace(/^(["'])(.*)\1$/, "$2");
  const models = [
    ...(paths.isAbsolute(chosen) ? [chosen] : []),
    paths.join(home, ".ollama", "models"),
    ...(platform === "linux" ? [LINUX_SERVICE] : []),
  ];
  return [...new Set(models)].map((folder) => paths.join(folder, "blobs", `sha256-${sha256}`));
}
