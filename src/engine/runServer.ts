import { Socket } from "node:net";
import type { LoadModel } from "./engineModel";
import { serve } from "./serve";

/** The client's end of the pipe is this file descriptor: native libraries print to stdout, so stdout is no channel. */
const PIPE = 3;
const PARENT_CHECK_MS = 3_000;

/**
 * The engine's process: serves the pipe, and ends when the client says so, the pipe closes or the parent dies.
 * Never returns; the exit code is 0 at an orderly end.
 */
export async function runServer(loadModel: LoadModel): Promise<never> {
  // Ctrl+C in a terminal reaches every process in the foreground; the parent ends the engine in its own time.
  process.on("SIGINT", () => undefined);
  // The pipe closes with the parent, unless another process inherited its end.
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(0);
  }, PARENT_CHECK_MS).unref();
  const socket = new Socket({ fd: PIPE, readable: true, writable: true });
  // A model that loads or computes cannot be interrupted, and nobody waits for it any more.
  socket.once("close", () => setTimeout(() => process.exit(0), PARENT_CHECK_MS).unref());
  process.exit(await serve(socket, loadModel));
}
