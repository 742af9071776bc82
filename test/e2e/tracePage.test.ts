import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { CHROMIUM, hasChromium, launch, openTracePage, recordSample, type TracePage } from "./traceHarness";
import { SAMPLE_REQUEST, sampleInfill, sampleSteps } from "../unit/trace/sampleRecording";

const steps = sampleSteps();

/** The feed's rounds and the page's frames take some 50 ms; the rest is for a busy machine. */
const SETTLE_MS = 400;

(hasChromium ? describe : describe.skip)(`the trace page in a browser (${CHROMIUM})`, function () {
  this.timeout(130_000);
  let browser: Browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());
  let trace: TracePage;
  beforeEach(async () => {
    trace = await openTracePage({}, browser);
  });
  afterEach(async () => {
    const { complaints } = trace;
    await trace.close();
    assert.deepEqual(complaints, [], "the page broke its policy or threw");
  });

  const settle = () => trace.page.waitForTimeout(SETTLE_MS);
  const passShown = async () => (await trace.page.locator(".pass").textContent())?.trim();
  const count = (selector: string) => trace.page.locator(`.code ${selector}`).count();

  it("says how to get a trace while there is none", async () => {
    assert.match((await trace.page.locator(".empty").innerText()).replace(/\s+/g, " "), /ghost text.*Unmask: Fill Selection/);
    assert.equal(await trace.page.locator(".layout").isVisible(), false);
  });

  it("follows a request while it runs, and says how it ended", async () => {
    const handle = trace.recorder.start({ place: { file: "src/a.ts", line: 7 }, request: SAMPLE_REQUEST });
    await settle();
    assert.match(await trace.page.locator(".waiting").innerText(), /Waiting for the first pass/);
    for (const step of steps.slice(0, 3)) handle.onStep(step);
    await settle();
    assert.equal(await passShown(), "pass 3 of 3");
    const cells = steps[2]!.cells;
    for (const state of ["masked", "drafted", "revealed", "remasked", "clamped"] as const) {
      const wanted = cells.filter((cell) => cell.state === state).length;
      assert.equal(
        new Set(await trace.page.locator(`.code .cell.${state}`).evaluateAll((all) => all.map((one) => one.getAttribute("data-cell"))))
          .size,
        wanted,
      );
    }
    steps.slice(3).forEach(handle.onStep);
    handle.finish(sampleInfill());
    await settle();
    assert.equal(await passShown(), `pass ${steps.length} of ${steps.length}`);
    assert.equal(await trace.page.locator(".pill").innerText(), "met the suffix");
    assert.equal(await count(".masked"), 0);
    assert.match((await trace.page.locator("[role=status]").textContent()) ?? "", /src\/a\.ts line 7: met the suffix/);
  });

  it("steps by keys and by the buttons, and replays to the end", async () => {
    recordSample(trace.recorder);
    await settle();
    await trace.page.keyboard.press("Home");
    await settle();
    assert.equal(await passShown(), `pass 1 of ${steps.length}`);
    assert.match((await trace.page.locator("[role=status]").textContent()) ?? "", /^pass 1 of/);
    await trace.page.keyboard.press("ArrowRight");
    await trace.page.getByRole("button", { name: /Next pass/ }).click();
    await settle();
    assert.equal(await passShown(), `pass 3 of ${steps.length}`);
    assert.match((await trace.page.getByRole("slider").getAttribute("aria-valuetext")) ?? "", /^pass 3 of/);
    await trace.page.getByLabel("Speed of the replay").selectOption("2");
    await trace.page.getByRole("button", { name: /^Play/ }).click();
    await trace.page.locator(".pass", { hasText: `pass ${steps.length} of` }).waitFor();
    assert.equal(await trace.page.getByRole("button", { name: /^Play/ }).count(), 1);
  });

  it("goes to the pass whose bar is clicked", async () => {
    recordSample(trace.recorder);
    await settle();
    await trace.page
      .locator(".pass-bar")
      .nth(4)
      .click({ position: { x: 2, y: 40 } });
    await settle();
    assert.equal(await passShown(), `pass 5 of ${steps.length}`);
  });

  it("shows a cell's alternatives on focus and on hover, and is left by Tab", async () => {
    recordSample(trace.recorder);
    await settle();
    await trace.page.locator(".code [tabindex='0']").focus();
    await trace.page.keyboard.press("ArrowRight");
    await trace.page.keyboard.press("ArrowRight");
    const focused = trace.page.locator(":focus");
    assert.match((await focused.getAttribute("aria-label")) ?? "", /^value, revealed, 81 %, likeliest: value 81 %/);
    assert.equal(await trace.page.locator(".card .alternative").count(), 3);
    assert.equal(await passShown(), `pass ${steps.length} of ${steps.length}`, "arrows in the code do not step");
    await trace.page.keyboard.press("Tab");
    assert.equal(await trace.page.locator(".card").isVisible(), false);
    await trace.page.locator(".code .cell[data-level='1']").hover();
    assert.match(await trace.page.locator(".card").innerText(), /42 %/);
  });

  it("shows markup in tokens, paths and messages as text", async () => {
    const markup = `<img src=x onerror="document.title='broken'">`;
    const place = { file: markup, line: 1 };
    const handle = trace.recorder.start({ place, request: { ...SAMPLE_REQUEST, prefix: markup, suffix: markup } });
    const token = { text: markup, confidence: 0.5 };
    handle.onStep({ pass: 1, atMs: 1, cells: [{ state: "revealed", ...token, alternatives: [token] }] });
    await settle();
    await trace.page.locator(".code .cell").hover();
    assert.equal(await trace.page.locator(".code .cell").innerText(), markup);
    handle.fail(markup);
    await settle();
    assert.equal(await trace.page.locator(".note.failed").innerText(), markup);
    assert.equal(await trace.page.locator("img").count(), 0);
    assert.notEqual(await trace.page.title(), "broken");
  });

  it("comes back to the same request and pass when it is made anew", async () => {
    recordSample(trace.recorder);
    await settle();
    await trace.page.locator(".request").nth(2).click();
    await settle();
    await trace.page.keyboard.press("ArrowLeft");
    await settle();
    const before = [await passShown(), await trace.page.locator(".title h1").innerText()];
    await trace.page.reload();
    await settle();
    assert.deepEqual([await passShown(), await trace.page.locator(".title h1").innerText()], before);
    assert.equal(before[0], "pass 14 of 15");
  });

  it("moves nothing for a reader who asked for less motion", async () => {
    recordSample(trace.recorder, 6);
    await settle();
    assert.equal(await trace.page.evaluate("document.getAnimations().length"), 0);
  });
});
