import assert from "node:assert/strict";
import { openFixed, type Fixed } from "../fixed/openFixed";
import { STILL_EDITOR } from "../kit/quietSettings";
import { pictureFailures } from "./pictureFailures";

/** The window has no time to spare: what waits for that is done when VS Code does it in any case. */
const NEVER_IDLE = `
  globalThis.requestIdleCallback = (work, { timeout = 60_000 } = {}) =>
    setTimeout(() => work({ didTimeout: true, timeRemaining: () => 0 }), timeout);
`;

describe("ghost text at the first keys in a busy window", () => {
  let fixed: Fixed;
  before(async () => {
    // Its own quick suggestions make it at the first key.
    fixed = await openFixed(STILL_EDITOR, { isUntouched: true });
  });
  after(() => fixed?.close());
  pictureFailures(() => fixed?.workbench);

  it("comes though VS Code has not come to what it makes in its idle time", async () => {
    const { workbench, model } = fixed;
    model.writes("const first = ", "keys[0];");
    await workbench.page.evaluate(NEVER_IDLE);
    await workbench.openAt("first.ts", "‸");
    await workbench.type("const first = ");
    assert.equal(await workbench.untilGhostText(), "keys[0];");
  });
});
