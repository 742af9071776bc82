/**
 * The GPU providers that this build of onnxruntime-node knows, and its version. That it knows one does not say that the machine has what it needs.
 * @throws what the import throws where it has no library for this machine
 */
export async function listProviders(): Promise<{ readonly version: string; readonly providers: readonly string[] }> {
  process.env["ORT_DISABLE_TELEMETRY"] = "1"; // read when the library is loaded, so before the import
  const { env, listSupportedBackends } = await import("onnxruntime-node");
  const names = listSupportedBackends().map(({ name }) => name);
  return { version: env.versions.node ?? "unknown", providers: names.filter((name) => name !== "cpu") };
}
