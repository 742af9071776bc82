import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { JsonLines } from "../../bench/jsonLines";

describe("a peer behind lines of JSON", () => {
  let folder: string;
  before(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), "unmask-lines-"))));
  after(() => fs.rmSync(folder, { recursive: true }));
  const start = (body: string): Promise<JsonLines> => {
    const script = path.join(folder, "peer.mjs");
    fs.writeFileSync(script, body);
    return JsonLines.start(script, "", "", 1);
  };
  const READY = `import readline from "node:readline";
console.log("it says this and that");
console.log(JSON.stringify({ ready: true }));
for await (const line of readline.createInterface({ input: process.stdin })) `;

  it("answers each question, and ends when it is stopped", async () => {
    const peer = await start(`${READY} console.log(line.replace("question", "answer"));`);
    assert.deepEqual(await peer.ask({ question: 1 }), { answer: 1 });
    assert.deepEqual(await peer.ask({ question: 2 }), { answer: 2 });
    await peer.stop();
  });

  it("rejects where it dies, and can be stopped then", async () => {
    for (const death of ['process.kill(process.pid, "SIGKILL")', "process.exit(1)"]) {
      const peer = await start(`${READY} ${death};`);
      await assert.rejects(peer.ask({}), /llama\.cpp ended/);
      await assert.rejects(peer.ask({}), /llama\.cpp ended/);
      await peer.stop();
    }
  });

  it("rejects where it does not start", () => assert.rejects(start("process.exit(3);"), /llama\.cpp ended/));
});
