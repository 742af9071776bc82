import * as path from "node:path";
import { readSmallFile } from "./readSmallFile";
import type { Surroundings } from "./storeDirectory";

/**
 * Folders in which LM Studio may keep models. Its own folder is `~/.lmstudio`, `~/.cache/lm-studio` in older versions, or where `~/.lmstudio-home-pointer`
 * points; the models are in its `models`, or where `downloadsFolder` of its settings.json says: so do its own command line tools look for them
 * (github.com/lmstudio-ai/lms, src/modelsFolder.ts). Whether any of them is there is the caller's to see.
 */
export async function lmStudioFolders({ home }: Surroundings): Promise<string[]> {
  const pointed = (await readSmallFile(path.join(home, ".lmstudio-home-pointer")))?.trim();
  const homes = [
    ...(pointed !== undefined && isFolderName(pointed) ? [pointed] : []),
    path.join(home, ".lmstudio"),
    path.join(home, ".cache", "lm-studio"),
  ];
  const folders: string[] = [];
  for (const lmStudio of new Set(homes)) {
    const chosen = downloadsFolder(await readSmallFile(path.join(lmStudio, "settings.json")));
    if (chosen !== undefined) folders.push(chosen);
    folders.push(path.join(lmStudio, "models"));
  }
  return [...new Set(folders)];
}

/** Undefined for anything but JSON with an absolute path. */
function downloadsFolder(settings: string | undefined): string | undefined {
  try {
    const chosen = (JSON.parse(settings ?? "null") as { downloadsFolder?: unknown } | null)?.downloadsFolder;
    return typeof chosen === "string" && isFolderName(chosen) ? chosen : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** No system takes a path with a NUL, and Node calls it a defect of the caller. */
const isFolderName = (text: string) => path.isAbsolute(text) && !text.includes("\0");
