import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { InfillRequest } from "../../src/backends/infiller";
import { DEFAULT_BUDGET } from "../../src/diffusion/contextBudget";
import { denoise, type DenoiseControl, type Denoised } from "../../src/diffusion/denoise";
import type { CanvasTokenizer } from "../../src/diffusion/denoiser";
import { PREPARED_FILE, TOKENIZER_FILE, type PreparedModel } from "../../src/model/preparedModel";
import { Session } from "../../src/model/session";
import { loadTokenizer } from "../../src/model/tokenizer/loadTokenizer";
import type { TokenizerJson } from "../../src/model/tokenizer/tokenizerJson";

/** A prepared model in this process, for what can't be asked of the engine's. */
export class LoadedModel {
  private constructor(
    readonly session: Session,
    readonly prepared: PreparedModel,
    readonly tokenizer: CanvasTokenizer,
  ) {}

  static async open(directory: string, threads: number): Promise<LoadedModel> {
    const read = (name: string): unknown => JSON.parse(readFileSync(join(directory, name), "utf8"));
    const prepared = read(PREPARED_FILE) as PreparedModel;
    return new LoadedModel(
      await Session.open(directory, prepared, { threads }),
      prepared,
      loadTokenizer(read(TOKENIZER_FILE) as TokenizerJson),
    );
  }

  /** One request on an empty cache, with no memory of earlier ones. */
  infill(request: InfillRequest, control: Partial<DenoiseControl> = {}): Promise<Denoised> {
    this.session.truncate(0);
    return this.goOn(request, control);
  }

  /** One request on whatever the cache holds. */
  goOn(request: InfillRequest, control: Partial<DenoiseControl> = {}): Promise<Denoised> {
    return denoise(this.session, this.tokenizer, this.prepared.specialTokens, request, DEFAULT_BUDGET, {
      shouldStop: () => undefined,
      now: () => performance.now(),
      ...control,
    });
  }
}
