import assert from "node:assert/strict";
import { consentText } from "../../../src/ui/consentText";
import { OnceNotices } from "../../../src/ui/onceNotices";
import { percentOf } from "../../../src/ui/progressWords";

describe("consentText", () => {
  it("says what, how big, which licence and from where", () => {
    const text = consentText({ title: "Pilot", bytes: 491_400_064, licence: "Apache-2.0", from: "https://hub.example/x" });
    assert.equal(text, "Unmask needs a model on this machine: Pilot, 491 MB, licence Apache-2.0, from https://hub.example/x. Get it now?");
  });
});

describe("OnceNotices", () => {
  it("says one cause once, until it is over", () => {
    const said: string[] = [];
    const notices = new OnceNotices((message) => said.push(message));
    notices.say("engine", "a");
    notices.say("engine", "b");
    notices.say("model", "c");
    notices.over("engine");
    notices.say("engine", "d");
    assert.deepEqual(said, ["a", "c", "d"]);
  });
});

describe("percentOf", () => {
  it("is whole, at most 100, and not known without a total", () => {
    assert.equal(percentOf({ stage: "fetching", done: 999, total: 1_000 }), 99);
    assert.equal(percentOf({ stage: "fetching", done: 11, total: 10 }), 100);
    assert.equal(percentOf({ stage: "waiting", done: 0, total: 0 }), undefined);
  });
});
