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
  const join = platform === "win32" ? path.win32.join : path.posix.join;
  const isAbsolute = platform === "win32" ? path.win32.isAbsolute : path.posix.isAbsolute;
  const absolute = (name: string) => {
    const value = env[name];
    return value !== undefined && isAbsolute(value) ? value : undefined;
  };
  const chosen = absolute("UNMASK_HOME");
  if (chosen !== undefined) return chosen;
  if (platform === "win32") return join(absolute("LOCALAPPDATA") ?? join(home, "AppData", "Local"), "unmask");
  if (platform === "darwin") return join(home, "Library", "Application Support", "unmask");
  return join(absolute("XDG_DATA_HOME") ?? join(home, ".local", "share"), "unmask");
}
