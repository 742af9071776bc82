// Stands in for the preparing process where what it makes does not matter. The manifest's title says what it does.
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import path from "node:path";

process.on("disconnect", () => process.exit(1));
process.once("message", async ({ manifest, directory, source, basePath, adapterPath }) => {
  const tell = (report) => new Promise((sent) => process.send(report, undefined, undefined, sent));
  const content = `${basePath} ${adapterPath}`;
  writeFileSync(path.join(directory, "model.onnx"), content);
  await tell({ kind: "progress", done: 0, total: 1000 });
  switch (manifest.title) {
    case "slow":
      for (let done = 0; done < 1000; done++) {
        await tell({ kind: "progress", done, total: 1000 });
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      break;
    case "fails":
      await tell({ kind: "failed", failure: { kind: "other", message: "something odd" } });
      process.exit(0);
      break;
    case "damaged":
      await tell({ kind: "failed", failure: { kind: "engine", failure: { kind: "modelDamaged", file: basePath, detail: "bad magic" } } });
      process.exit(0);
      break;
    case "full":
      await tell({ kind: "failed", failure: { kind: "system", code: "ENOSPC", path: directory, message: "no space left" } });
      process.exit(0);
      break;
    case "dies":
      process.stderr.write("out of luck\n");
      process.exit(3);
  }
  const files = { "model.onnx": { bytes: content.length, sha256: createHash("sha256").update(content).digest("hex") } };
  await tell({ kind: "progress", done: 1000, total: 1000 });
  // the version must be PREPARED_VERSION, or nothing that this makes is found again
  await tell({ kind: "done", prepared: { version: 3, name: manifest.name, source, files } });
  process.exit(0);
});
