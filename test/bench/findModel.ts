import { join } from "node:path";
import { ensureModel } from "../../src/model/store/ensureModel";
import { proxyFetch } from "../../src/model/store/proxyFetch";
import { readModelFolder } from "../../src/model/store/readModelFolder";
import { sourceHash } from "../../src/model/store/sourceHash";
import { storeDirectory } from "../../src/model/store/storeDirectory";
import { storeLayout } from "../../src/model/store/storeLayout";
import { shippedModelFolder } from "../../src/ui/shippedModelFolder";

const root = join(__dirname, "../..");

/** The model to measure and its base: as named, else as the environment says, else the store's. @throws Error where there is none and none may be fetched */
export async function findModel(
  named: string | undefined,
  namedBase: string | undefined,
): Promise<{ readonly directory: string; readonly base: string }> {
  const modelFolder = shippedModelFolder(root);
  const manifest = await readModelFolder(modelFolder);
  const base = namedBase ?? process.env["UNMASK_BASE_GGUF"] ?? storeLayout(storeDirectory(), manifest, sourceHash(manifest)).base;
  const given = named ?? process.env["UNMASK_MODEL_DIR"];
  if (given !== undefined) return { directory: given, base };
  const { fetch, close } = proxyFetch();
  try {
    const basePath = namedBase ?? process.env["UNMASK_BASE_GGUF"];
    const outcome = await ensureModel({
      modelFolder,
      ...(basePath !== undefined && { basePath }),
      ask: () => Promise.resolve(process.env["UNMASK_GET_MODEL"] === "yes"),
      fetch,
      prepare: { entry: join(root, "dist/prepare.cjs") },
    });
    if (outcome.kind !== "ready") throw new Error('There is no model yet: run "npm start" once, or set UNMASK_GET_MODEL=yes to fetch it.');
    return { directory: outcome.directory, base };
  } finally {
    await close();
  }
}
