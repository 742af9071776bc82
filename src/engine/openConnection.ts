import type { Socket } from "node:net";
import { createMessageConnection, type MessageConnection, SocketMessageReader } from "vscode-jsonrpc/node";
import * as protocol from "./protocol";
import { QuietWriter } from "./quietWriter";

export interface ConnectionEvents {
  /** A step came; its shape is not checked yet. */
  readonly onStep: (params: unknown) => void;
  /** The pipe closed or broke. May come more than once. */
  readonly onClosed: () => void;
  /** What came is no message. */
  readonly onUnreadable: (detail: string) => void;
  readonly onLog: (line: string) => void;
}

/** Speaks JSON-RPC over the engine's pipe. */
export function openConnection(socket: Socket, { onStep, onClosed, onUnreadable, onLog }: ConnectionEvents): MessageConnection {
  const logger = { error: onLog, warn: onLog, info: onLog, log: onLog };
  const reader = new SocketMessageReader(socket);
  // Half a message would arm a timer of the reader's again and again, for as long as this process lives.
  reader.partialMessageTimeout = 0;
  const connection = createMessageConnection(reader, new QuietWriter(socket), logger);
  connection.onNotification(protocol.step.method, onStep);
  connection.onNotification(protocol.goodbye, () => undefined);
  // An error with a code is the pipe's own (reset, broken): it is closed. Any other is the reader's, about what came.
  connection.onError(([error]) => {
    if ("code" in error) onClosed();
    else onUnreadable(error.message);
  });
  connection.onUnhandledNotification(({ method }) => onLog(`The engine sent a message that this side does not know: ${method}`));
  connection.onClose(onClosed);
  connection.listen();
  return connection;
}
