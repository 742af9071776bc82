import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { formatEvalFile } from "../../../eval/evalFile";
import { contestant, file, SET } from "./sampleSet";

const MAIN = path.join(__dirname, "../../../eval/report/main.ts");

describe("npm run eval:report", () => {
  it("writes pictures of their own for sets of the same data, beside a card that shows them", async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "unmask-report-"));
    try {
      const [alone, withPath, card] = ["alone.json", "path.json", "README.md"].map((name) => path.join(folder, name)) as [
        string,
        string,
        string,
      ];
      fs.writeFileSync(alone, formatEvalFile(file(contestant("good", [true, true, true, false]))));
      const seen = { ...file(contestant("seeing", [true, true, true, true])), set: { ...SET, withPath: true } };
      fs.writeFileSync(withPath, formatEvalFile(seen));
      fs.writeFileSync(card, "<!-- eval:begin --><!-- eval:end -->\n");
      await promisify(execFile)(process.execPath, ["--import", "tsx", MAIN, alone, withPath, "--card", card]);
      const pictures = ["holes-kinds.svg", "holes-path-kinds.svg", "holes-path-speed.svg", "holes-speed.svg"];
      assert.deepEqual(fs.readdirSync(folder).sort(), ["README.md", "alone.json", ...pictures, "path.json"]);
      assert.match(fs.readFileSync(path.join(folder, "holes-speed.svg"), "utf8"), />good</);
      assert.match(fs.readFileSync(path.join(folder, "holes-path-speed.svg"), "utf8"), />seeing</);
      const shown = [...fs.readFileSync(card, "utf8").matchAll(/\]\((.*?)\)/g)].map(([, picture]) => picture!);
      assert.deepEqual(shown.sort(), pictures);
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });
});
