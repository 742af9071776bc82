/** The system's code of a failed call (ENOENT, ENOSPC, …; UNKNOWN where Windows says what libuv has no name for); undefined for every other error. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === "string" && /^(E[A-Z0-9]+|UNKNOWN)$/.test(code) ? code : undefined;
}
