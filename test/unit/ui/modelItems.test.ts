import assert from "node:assert/strict";
import { modelItems, type ModelChoices } from "../../../src/ui/modelItems";

const shipped = { title: "Coder 0.5B", licence: "Apache-2.0", languages: ["python", "go"], bytes: 491_400_064, speed: undefined };
const choices: ModelChoices = { shipped, state: { kind: "have", directory: "/m" }, path: "", baseFile: "" };

describe("modelItems", () => {
  it("tells name, size, licence, languages, speed, and whether it is installed", () => {
    const [item] = modelItems({ ...choices, shipped: { ...shipped, speed: { tokensPerSecond: 47.6, count: 9 } } });
    assert.equal(item!.label, "$(check) Coder 0.5B");
    assert.equal(item!.description, "installed · 491 MB to fetch, once · Apache-2.0");
    assert.equal(item!.detail, "48 tokens a second on this machine. Trained on python, go.");
  });
  it("names no speed that was hardly measured", () => {
    for (const speed of [undefined, { tokensPerSecond: 47, count: 4 }]) {
      assert.match(modelItems({ ...choices, shipped: { ...shipped, speed } })[0]!.detail!, /not been measured/);
    }
  });
  it("says where it stands", () => {
    const words = (state: ModelChoices["state"]) => modelItems({ ...choices, state })[0]!.description!.split(" · ")[0];
    assert.equal(words({ kind: "missing" }), "not installed");
    assert.equal(words({ kind: "getting", progress: { stage: "fetching", doneBytes: 0, totalBytes: 1 } as never }), "being fetched");
  });
  it("marks the folder or the file that the settings name", () => {
    const [own, base, prepared] = modelItems({ ...choices, path: "/p", baseFile: "/b.gguf" });
    assert.match(own!.description!, /^not in use/);
    assert.equal(own!.label, "Coder 0.5B");
    assert.equal(base!.description, "/b.gguf");
    assert.deepEqual([prepared!.description, prepared!.label.startsWith("$(check)")], ["/p", true]);
  });
});
