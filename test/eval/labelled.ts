import { existsSync } from "node:fs";
import { basename, dirname } from "node:path";

/** What `--model` may name: `PATH`, or `LABEL=PATH`. */
export function labelled(spec: string): { readonly label: string; readonly path: string } {
  const [, named, rest] = existsSync(spec) ? [] : (/^([\w.+ -]+)=(.+)$/s.exec(spec) ?? []);
  const path = rest ?? spec;
  const stem = basename(path).replace(/\.safetensors$/, "");
  return { label: named ?? (stem === "adapter" ? basename(dirname(path)) : stem), path };
}
