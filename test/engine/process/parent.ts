/** A parent that starts an engine, prints its process id, and waits to be killed. Its engine computes meanwhile where the first argument says so. */
import { fakeClient, request } from "./support";

const client = fakeClient();
void client.start().then(() => {
  if (process.argv[2] === "busy") void client.infill(request({ maxTokens: 4_000 }));
  console.log(client.pid);
});
