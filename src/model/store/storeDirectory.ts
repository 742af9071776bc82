import * as os from "node:os";
import * as path from "node:path";

export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly home: string;
}

export function surroundings(): Surroundings {
  return { env: process.env, platform: process.platform, home: os.homedir() };
}

/**
 * Where weights and prepared models lie: UNMASK_HOME, or the platform's folder for a user's data. All windows and the terminal share it.
 * A relative path in a variable is ignored, as the XDG base directory specification says: it would depend on where the program was started.
 */
export function storeDirectory({ env, platform, home }: Surroundings = surroundings()): string {
  const paths = platform === "win32" ? path.win32 : path.posix;
  const absolute = (name: string) => {
    const value = env[name];
    return value !== undefined && paths.isAbsolute(value) ? value : undefined;
  };
  const chosen = absolute("UNMASK_HOME");
  if (chosen !== undefined) return chosen;
  if (platform === "win32") return paths.join(absolute("LOCALAPPDATA") ?? paths.join(home, "AppData", "Local"), "unmask");
  if (platform === "darwin") return paths.join(home, "Library", "Application Support", "unmask");
  return paths.join(absolute("XDG_DATA_HOME") ?? paths.join(home, ".local", "share"), "unmask");
}
