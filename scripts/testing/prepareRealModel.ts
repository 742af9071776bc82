// Gets and prepares the real model through the product's own store, for the tests: prepareRealModel.ts RESULT
// RESULT becomes JSON: where the prepared model and its base lie, or why there is none.
import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { EngineError } from "../../src/backends/engineError";
import { ensureModel } from "../../src/model/store/ensureModel";
import { proxyFetch } from "../../src/model/store/proxyFetch";
import { readModelFolder } from "../../src/model/store/readModelFolder";
import { sourceHash } from "../../src/model/store/sourceHash";
import { storeDirectory } from "../../src/model/store/storeDirectory";
import { StoreError } from "../../src/model/store/storeError";
import { storeLayout } from "../../src/model/store/storeLayout";
import { shippedModelFolder } from "../../src/ui/shippedModelFolder";

type Result = { readonly model: string; readonly base?: string } | { readonly without: string };

const root = path.resolve(__dirname, "../..");

async function prepare(): Promise<Result> {
  const modelFolder = shippedModelFolder(root);
  const manifest = await readModelFolder(modelFolder);
  const named = process.env["UNMASK_BASE_GGUF"];
  const { fetch, close } = proxyFetch();
  let stage = "";
  try {
    const outcome = await ensureModel({
      modelFolder,
      ...(named === undefined ? {} : { basePath: named }),
      ask: ({ title, bytes, licence, from }) => {
        const yes = process.env["UNMASK_GET_MODEL"] === "yes";
        console.log(
          `${title}: ${(bytes / 1e6).toFixed(0)} MB under ${licence} from ${from}${yes ? "" : " (not fetched: UNMASK_GET_MODEL is not yes)"}`,
        );
        return Promise.resolve(yes);
      },
      fetch,
      prepare: { entry: path.join(root, "dist/prepare.cjs") },
      onProgress: (progress) => {
        if (progress.stage !== stage) console.log(progress.stage);
        stage = progress.stage;
      },
    });
    if (outcome.kind === "refused")
      return { without: "its weights are not here and may not be fetched: set UNMASK_GET_MODEL=yes, or name them in UNMASK_BASE_GGUF" };
    if (outcome.kind === "cancelled") return { without: "it was cancelled" };
    const base = named ?? storeLayout(storeDirectory(), manifest, sourceHash(manifest)).base;
    return { model: outcome.directory, ...(existsSync(base) ? { base } : {}) };
  } catch (error) {
    if (error instanceof StoreError && error.failure.kind !== "prepareFailed") return { without: error.message };
    if (error instanceof EngineError) console.error(error.message);
    throw error;
  } finally {
    await close();
  }
}

void prepare().then((result) => writeFileSync(process.argv[2]!, JSON.stringify(result)));
