import type { Memento } from "vscode";
import type { Infill } from "../backends/infiller";
import { addToSpeed, readSpeed, type ModelSpeed } from "./modelSpeed";

/** Of so many answers one is written down: a lost few cost nothing. */
const WRITE_EVERY = 20;

/** Each model's speed on this machine, kept between windows. */
export class KeptSpeed {
  private readonly speeds = new Map<string, ModelSpeed>();
  private unwritten = 0;

  constructor(
    private readonly state: Pick<Memento, "get" | "update">,
    private readonly onError: (error: unknown) => void,
  ) {}

  of(model: string): ModelSpeed | undefined {
    return this.speeds.get(model) ?? readSpeed(this.state.get(keyOf(model)));
  }

  /** An answer has come. One that was called off or ran out of time was measured as well as any. */
  add({ model, writtenTokens, times }: Pick<Infill, "model" | "writtenTokens" | "times">): void {
    const speed = addToSpeed(this.of(model), writtenTokens, times.denoiseMs);
    if (speed === undefined) return;
    this.speeds.set(model, speed);
    if (++this.unwritten < WRITE_EVERY && speed.count > WRITE_EVERY) return;
    this.unwritten = 0;
    this.state.update(keyOf(model), speed).then(undefined, this.onError);
  }
}

function keyOf(model: string): string {
  return `unmask.speed.${model}`;
}
