/** Decodes UTF-8 that comes in pieces: a character that several pieces share is the last one's, so that the pieces' texts joined are the whole text. */
export class TextStream {
  private readonly decoder = new TextDecoder("utf-8", { ignoreBOM: true });

  next(bytes: Uint8Array): string {
    return this.decoder.decode(bytes, { stream: true });
  }
}
