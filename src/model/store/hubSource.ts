import { mkdir } from "node:fs/promises";
import * as path from "node:path";
import type { Manifest } from "../manifest";
import { atMostEvery } from "./atMostEvery";
import type { BaseSource } from "./baseSource";
import { fetchFile } from "./fetchFile";
import type { Fetch } from "./fetchType";
import type { HttpTiming } from "./httpTiming";
import { keepBase } from "./keepBase";
import { PartFile, type OpenFile } from "./partFile";
import { SpeedMeter } from "./speedMeter";
import type { StoreLayout } from "./storeLayout";
import { whyHubUnreachable } from "./whyHubUnreachable";
import { StoreError } from "./storeError";

/** Nobody takes a lock over in less. */
const HELD_EVERY_MS = 200;

/** The base from a hub, over HTTP, resumable. */
export function hubSource(
  url: string,
  base: Manifest["base"],
  layout: StoreLayout,
  http: { readonly fetch: Fetch; readonly timing: HttpTiming; readonly openFile?: OpenFile | undefined },
): BaseSource {
  const part = new PartFile(layout.basePart, http.openFile);
  return {
    from: url,
    whyUnusable: (_, signal) => whyHubUnreachable(url, http.fetch, http.timing.reachMs, signal),
    neededBytes: async () => Math.max(0, base.bytes - (await part.bytes())),
    fetch: async (_, signal, onProgress, assertHeld) => {
      await mkdir(path.dirname(layout.base), { recursive: true });
      const bring = async () => {
        const speed = new SpeedMeter();
        await fetchFile({
          url,
          bytes: base.bytes,
          part,
          fetch: http.fetch,
          timing: http.timing,
          signal,
          // One that took the lock over may have finished the part: our next write would go into the base.
          beforeWrite: atMostEvery(HELD_EVERY_MS, () => performance.now(), assertHeld),
          onBytes: (done) => {
            const bytesPerSecond = speed.add(done, performance.now());
            onProgress({ stage: "fetching", done, total: base.bytes, ...(bytesPerSecond === undefined ? {} : { bytesPerSecond }) });
          },
        });
        await keepBase(layout.basePart, layout.base, base, signal, onProgress, assertHeld);
      };
      const resumed = (await part.bytes()) > 0;
      try {
        await bring();
      } catch (error) {
        // The head may be an earlier run's and at fault; a file fetched whole by this one is not fetched twice.
        if (!(resumed && error instanceof StoreError && error.failure.kind === "wrongHash")) throw error;
        await bring();
      } finally {
        if ((await part.bytes()) === 0) await part.remove();
      }
    },
  };
}
