import { fillBranches } from "../../backends/fillBranches";
import type { BranchOptions, Infill, Infiller, InfillOptions, InfillRequest } from "../../backends/infiller";

/** What became of a request. */
export type RequestEnd =
  | { readonly kind: "running" }
  | { readonly kind: "answered"; readonly infill: Infill }
  | { readonly kind: "failed"; readonly message: string };

export interface SentRequest {
  readonly request: InfillRequest;
  readonly deadlineMs?: number | undefined;
  readonly end: RequestEnd;
}

/** Stands right before the backend, and remembers the last request exactly as it was handed over. In memory alone, until the next one. */
export class LastRequest implements Infiller {
  private sent: SentRequest | undefined;

  constructor(private readonly backend: Infiller) {}

  get last(): SentRequest | undefined {
    return this.sent;
  }

  /** @throws EngineError */
  async infill(request: InfillRequest, options: InfillOptions = {}): Promise<Infill> {
    const [infill] = await this.watch(request, options, async () => [await this.backend.infill(request, options)]);
    return infill!;
  }

  /** What is remembered is the request that all branches share: their heads are the model's own words. @throws EngineError */
  infillBranches(request: InfillRequest, heads: readonly string[], options: BranchOptions = {}): Promise<readonly Infill[]> {
    return this.watch(request, options, () => fillBranches(this.backend, request, heads, options));
  }

  private async watch(
    request: InfillRequest,
    { deadlineMs }: BranchOptions,
    ask: () => Promise<readonly Infill[]>,
  ): Promise<readonly Infill[]> {
    this.sent = { request, deadlineMs, end: { kind: "running" } };
    const end = (how: RequestEnd): void => {
      if (this.sent?.request === request) this.sent = { request, deadlineMs, end: how };
    };
    try {
      const infills = await ask();
      end({ kind: "answered", infill: infills[0]! });
      return infills;
    } catch (error) {
      end({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
      throw error;
    }
  }
}
