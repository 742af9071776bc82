import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { gone, here, NODE_ARGUMENTS, STARTING_MS } from "./support";

describe("an engine whose parent dies", function () {
  this.timeout(2 * STARTING_MS);

  for (const doing of ["idle", "busy"])
    it(`goes away where it was ${doing}`, async () => {
      const parent = spawn(process.execPath, [...NODE_ARGUMENTS, here("./parent.ts"), doing], { stdio: ["ignore", "pipe", "inherit"] });
      const [line] = (await once(createInterface({ input: parent.stdout }), "line")) as [string];
      const engine = Number(line);
      parent.kill("SIGKILL");
      try {
        await gone(engine, 5_000);
      } catch (error) {
        process.kill(engine, "SIGKILL");
        throw error;
      }
    });
});
