import type { EngineClient, EngineClientOptions } from "../../../src/engine/client";
import { bundled } from "./bundled";
import { FAKE_ENGINE, fakeClient } from "./support";

/** Clients of a suite's own fake engine, bundled once; each is disposed of after its test. */
export function fakeClients(defaults: Partial<EngineClientOptions> = {}): {
  readonly make: (options?: Partial<EngineClientOptions>) => EngineClient;
  readonly started: (options?: Partial<EngineClientOptions>) => Promise<EngineClient>;
} {
  let engine: ReturnType<typeof bundled>;
  before(() => (engine = bundled(FAKE_ENGINE)));
  after(() => engine.remove());
  const clients: EngineClient[] = [];
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.dispose()));
  });
  const make = (options: Partial<EngineClientOptions> = {}): EngineClient => {
    const client = fakeClient({ entry: engine.entry, nodeArguments: [], ...defaults, ...options });
    clients.push(client);
    return client;
  };
  return {
    make,
    started: async (options) => {
      const client = make(options);
      await client.start();
      return client;
    },
  };
}
