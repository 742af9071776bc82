import assert from "node:assert/strict";
import { createServer, request, type Server } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { proxyFetch } from "../../../../src/model/store/proxyFetch";
import { ensureTiny } from "./ensureTiny";
import { FileServer } from "./fileServer";
import { dropModel, makeModel, type ModelFixture } from "./modelFixture";

const VARIABLES = ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy"];

describe("a proxy that the environment names", () => {
  let model: ModelFixture;
  let hub: FileServer;
  let proxy: Server;
  let passed: string[];
  const before = new Map<string, string | undefined>();

  beforeEach(async () => {
    model = await makeModel();
    hub = await FileServer.start(model.base);
    passed = [];
    // The hub's name exists only for the proxy, so that what arrives went through it.
    const port = Number(new URL(hub.origin).port);
    proxy = createServer((incoming, response) => {
      passed.push(`${incoming.method} ${incoming.url}`);
      const { pathname } = new URL(incoming.url!);
      const onward = request({ host: "127.0.0.1", port, path: pathname, method: incoming.method, headers: incoming.headers }, (answer) => {
        response.writeHead(answer.statusCode!, answer.headers);
        answer.pipe(response);
      });
      incoming.pipe(onward);
    });
    proxy.on("connect", (incoming, socket) => {
      passed.push(`CONNECT ${incoming.url}`);
      const onward = connect(port, "127.0.0.1", () => {
        socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
        onward.pipe(socket).pipe(onward);
      });
      onward.on("error", () => socket.destroy());
      socket.on("error", () => onward.destroy());
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    for (const name of VARIABLES) {
      before.set(name, process.env[name]);
      delete process.env[name];
    }
    process.env["HTTP_PROXY"] = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    proxy.closeAllConnections();
    proxy.close();
    await hub.stop();
    await dropModel(model);
  });

  async function get(origin: string): Promise<string> {
    const { fetch, close } = proxyFetch();
    try {
      return (await ensureTiny(model, origin, { fetch })).kind;
    } finally {
      await close();
    }
  }

  it("carries every request of the terminal's fetch", async () => {
    assert.equal(await get("http://hub.invalid"), "ready");
    assert.ok(passed.length > 0);
    assert.ok(
      passed.every((line) => line.includes("hub.invalid")),
      passed.join(),
    );
  });

  it("is left out for hosts in NO_PROXY", async () => {
    process.env["NO_PROXY"] = "127.0.0.1";
    assert.equal(await get(hub.origin), "ready");
    assert.deepEqual(passed, []);
  });

  it("that is not there is said with the host that was wanted", async () => {
    process.env["HTTP_PROXY"] = "http://127.0.0.1:9";
    await assert.rejects(
      get("http://hub.invalid"),
      /^StoreError: hub\.invalid can't be reached \(.+\): check the connection and the proxy/,
    );
  });
});
