import type { Infill } from "../backends/infiller";

const ENDINGS: Readonly<Record<Infill["ended"], string>> = {
  end: "the model wrote its end",
  suffix: "it met what follows",
  line: "the line ended",
  length: "the most tokens were reached",
  deadline: "time was up",
  aborted: "it was stopped",
};

/** One line: what the answer cost, and why it ended. */
export function summary({ passes, writtenTokens, times, ended, fits, model }: Infill): string {
  const perPass = passes === 0 ? "0" : (writtenTokens / passes).toFixed(2);
  const msPerPass = passes === 0 ? "0" : (times.denoiseMs / passes).toFixed(0);
  return [
    `${writtenTokens} tokens in ${passes} passes (${perPass} a pass)`,
    `${times.prefillMs.toFixed(0)} ms to read, ${times.denoiseMs.toFixed(0)} ms to denoise (${msPerPass} ms a pass)`,
    `${ENDINGS[ended]}${fits ? "" : ", and the answer does not lead into what follows"}`,
    model,
  ].join(" · ");
}
