import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What one GET gets. */
export type Behaviour =
  /** as a good server: 206 for a range, If-Range obeyed */
  | { readonly kind: "good" }
  /** as good, but the connection breaks after so many bytes */
  | { readonly kind: "cut"; readonly afterBytes: number }
  /** as good, but after so many bytes nothing more comes */
  | { readonly kind: "stall"; readonly afterBytes: number }
  /** as good, but slowly */
  | { readonly kind: "slow"; readonly chunkBytes: number; readonly everyMs: number }
  /** as good, but the rest comes only when released */
  | { readonly kind: "hold"; readonly afterBytes: number; readonly released: Promise<void> }
  | { readonly kind: "ignoreRange" }
  /** 206 that begins elsewhere than asked */
  | { readonly kind: "otherRange" }
  | { readonly kind: "status"; readonly status: number; readonly headers?: Record<string, string>; readonly thenEtag?: string }
  | { readonly kind: "html" }
  /** other bytes of the same length */
  | { readonly kind: "wrongBytes" }
  /** a shorter file, honestly announced */
  | { readonly kind: "truncated"; readonly bytes: number }
  /** more bytes than the file has, length not announced */
  | { readonly kind: "endless" };

export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly range: string | undefined;
  readonly ifRange: string | undefined;
}

/** A hub on the loopback. `/…/resolve/…` redirects to `/storage`, as the real one does; `/storage` behaves as told, GET after GET. */
export class FileServer {
  readonly seen: Seen[] = [];
  etag = '"one"';
  head: Behaviour = { kind: "good" };
  private readonly script: Behaviour[] = [];

  private constructor(
    private readonly server: Server,
    private readonly content: Buffer,
  ) {}

  static async start(content: Buffer): Promise<FileServer> {
    const server = createServer((request, response) => files.answer(request, response));
    const files = new FileServer(server, content);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return files;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The GETs of the storage. */
  get gets(): Seen[] {
    return this.seen.filter((request) => request.method === "GET" && request.url === "/storage");
  }

  /** Then good. */
  next(...behaviours: Behaviour[]): void {
    this.script.push(...behaviours);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const { method = "", url = "" } = request;
    const header = (name: string) => request.headers[name] as string | undefined;
    this.seen.push({ method, url, range: header("range"), ifRange: header("if-range") });
    if (method === "HEAD" && this.head.kind !== "good") return this.behave(this.head, request, response);
    if (url !== "/storage") {
      response.writeHead(302, { location: "/storage" }).end();
      return;
    }
    this.behave(this.script.shift() ?? { kind: "good" }, request, response);
  }

  private behave(behaviour: Behaviour, request: IncomingMessage, response: ServerResponse): void {
    switch (behaviour.kind) {
      case "status":
        this.etag = behaviour.thenEtag ?? this.etag;
        response.writeHead(behaviour.status, behaviour.headers).end("no");
        return;
      case "html":
        response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end("<html>Sign in</html>");
        return;
      case "wrongBytes":
        response.writeHead(200, { "content-length": this.content.length, etag: this.etag }).end(Buffer.alloc(this.content.length, 7));
        return;
      case "truncated":
        response.writeHead(200, { "content-length": behaviour.bytes, etag: this.etag }).end(this.content.subarray(0, behaviour.bytes));
        return;
      case "endless":
        response.writeHead(200, { etag: this.etag }).end(Buffer.concat([this.content, this.content]));
        return;
      case "ignoreRange":
        response.writeHead(200, { "content-length": this.content.length, etag: this.etag }).end(this.content);
        return;
      case "otherRange":
        response
          .writeHead(206, { "content-range": `bytes 1-${this.content.length - 1}/${this.content.length}`, etag: this.etag })
          .end(this.content.subarray(1));
        return;
      case "good":
      case "cut":
      case "stall":
      case "slow":
      case "hold":
        this.serve(behaviour, request, response);
    }
  }

  private serve(
    behaviour: Extract<Behaviour, { kind: "good" | "cut" | "stall" | "slow" | "hold" }>,
    request: IncomingMessage,
    response: ServerResponse,
  ): void {
    const ifRange = request.headers["if-range"];
    const asked = ifRange === undefined || ifRange === this.etag ? /^bytes=(\d+)-$/.exec(request.headers.range ?? "") : null;
    const first = asked === null ? 0 : Number(asked[1]);
    const size = this.content.length;
    if (first >= size) return void response.writeHead(416, { "content-range": `bytes */${size}` }).end();
    const body = this.content.subarray(first);
    const headers = { "content-length": body.length, "content-type": "application/octet-stream", etag: this.etag };
    if (asked === null) response.writeHead(200, headers);
    else response.writeHead(206, { ...headers, "content-range": `bytes ${first}-${size - 1}/${size}` });
    switch (behaviour.kind) {
      case "cut":
        response.write(body.subarray(0, behaviour.afterBytes), () => setTimeout(() => response.destroy(), 100));
        return;
      case "stall":
        response.write(body.subarray(0, behaviour.afterBytes));
        return;
      case "hold":
        response.write(body.subarray(0, behaviour.afterBytes));
        void behaviour.released.then(() => response.end(body.subarray(behaviour.afterBytes)));
        return;
      case "slow": {
        let at = 0;
        const timer = setInterval(() => {
          response.write(body.subarray(at, (at += behaviour.chunkBytes)));
          if (at < body.length) return;
          clearInterval(timer);
          response.end();
        }, behaviour.everyMs);
        response.on("close", () => clearInterval(timer));
        return;
      }
      case "good":
        response.end(body);
    }
  }
}
