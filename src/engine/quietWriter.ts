import { type Message, SocketMessageWriter } from "vscode-jsonrpc/node";

/**
 * Writes messages, and tells of a broken pipe by `onError` alone. vscode-jsonrpc 8 rethrows a failed write from within a promise's executor, where
 * nobody can catch it: each request to a dying engine would end as an unhandled rejection.
 */
export class QuietWriter extends SocketMessageWriter {
  override async write(message: Message): Promise<void> {
    try {
      await super.write(message);
    } catch {
      // `onError` has told of it before it was thrown.
    }
  }
}
