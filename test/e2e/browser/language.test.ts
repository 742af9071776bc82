import assert from "node:assert/strict";
import { STILL_EDITOR } from "../kit/quietSettings";
import { UNPACKED } from "../kit/root";
import { until } from "../kit/until";
import { e2eSettings } from "./e2eSettings";
import { skipWithoutModel } from "./skipWithoutModel";
import { emptyHome, type EmptyHome } from "./emptyHome";
import { Workbench } from "./workbench";

const STEPS = ["Das Modell abrufen", "Tippen und Passendes annehmen", "Eine Auswahl füllen", "Dem Entrauschen zusehen", "Passend machen"];

describe("Unmask in a VS Code whose language is German, without a model", () => {
  let workbench: Workbench;
  let home: EmptyHome;
  before(async () => {
    home = emptyHome();
    const settings = { ...STILL_EDITOR, "unmask.model.download": "ask" };
    workbench = await Workbench.open(settings, home.env, UNPACKED, { locale: "de" });
  });
  after(async () => {
    await workbench?.close();
    home?.remove();
  });

  it("asks for the model in German, by the button that its command has", async () => {
    await workbench.openWith("note.ts", "");
    await workbench.type("const answer = 42;\n");
    await workbench.untilToast();
    const [question = ""] = await workbench.toasts();
    assert.match(question, /^Unmask braucht ein Modell auf diesem Computer: .+ Jetzt abrufen\?$/);
    assert.deepEqual(await workbench.toastButtons(), ["Modell abrufen", "Nicht jetzt"]);
    await workbench.screenshot("german-question");
  });

  it("says in the status bar what is missing, and offers help in its menu", async () => {
    await workbench.page.getByRole("button", { name: "Nicht jetzt" }).click();
    await workbench.untilStatus(/Unmask: noch kein Modell: Klicken oder "Unmask: Modell abrufen" ausführen/);
    await workbench.page.locator(".statusbar-item", { hasText: "Unmask" }).click();
    const rows = workbench.page.locator(".quick-input-list .monaco-list-row");
    await rows.first().waitFor();
    const labels = (await rows.allInnerTexts()).map((text) => text.replaceAll("\n", " "));
    assert.match(labels[0] ?? "", /Modell abrufen/);
    assert.ok(
      labels.some((label) => /Erste Schritte/.test(label)),
      labels.join(),
    );
    assert.doesNotMatch(labels.join(" "), /\b(Show|Switch|Get|Settings)\b/);
    await workbench.screenshot("german-menu");
    await workbench.press("Escape");
    await workbench.page.locator(".quick-input-widget").waitFor({ state: "hidden" });
  });

  it("opens the walkthrough and shows its steps", async () => {
    await workbench.command("Unmask: Exemplarische Vorgehensweise öffnen");
    const steps = workbench.page.locator(".gettingStartedContainer .getting-started-step");
    await until(
      async () => (await steps.count()) === STEPS.length,
      20_000,
      async () => `there are ${await steps.count()} steps`,
    );
    assert.deepEqual(await workbench.page.locator(".gettingStartedContainer .step-title").allInnerTexts(), STEPS);
    const title = await workbench.page.locator(".gettingStartedContainer .category-title").allInnerTexts();
    assert.ok(title.includes("Erste Schritte mit Unmask"), title.join());
    await workbench.screenshot("german-walkthrough");
    // In a narrow editor VS Code shows no pictures.
    await workbench.page.setViewportSize({ width: 1700, height: 900 });
    await workbench.page.locator(".step-title", { hasText: STEPS[1]! }).click();
    const picture = workbench.page.locator(".getting-started-media img");
    await picture.first().waitFor();
    const isThere = `[...document.querySelectorAll(".getting-started-media img")].some((image) => image.complete && image.naturalWidth > 100)`;
    await until(
      () => workbench.page.evaluate<boolean>(isThere),
      10_000,
      () => Promise.resolve("the picture is not there"),
    );
    assert.match((await picture.first().getAttribute("alt")) ?? "", /^Eine Python-Funktion/);
    await workbench.screenshot("german-walkthrough-picture");
  });
});

describe("Unmask in a VS Code whose language is German, with the model", () => {
  let workbench: Workbench;
  before(async function () {
    skipWithoutModel(this);
    workbench = await Workbench.open({ ...STILL_EDITOR, ...e2eSettings() }, {}, UNPACKED, { locale: "de" });
  });
  after(() => workbench?.close());

  it("is ready, and shows its pages and its report in German", async () => {
    await workbench.openFile("schedule.py");
    await workbench.press("Control+End");
    await workbench.type("\n\n");
    await workbench.untilStatus(/Unmask: bereit \(.+; onnxruntime-\w+, \d+ Threads?\)/);
    await workbench.type("def duration(appointment: Appointment) -> int:\nreturn appointment.end - ");
    await workbench.untilGhostText();
    await workbench.command("Unmask: Kontext des letzten Vorschlags anzeigen");
    await workbench.page.locator('.tab.active[data-resource-name="Kontext des letzten Vorschlags.md"]').waitFor();
    await workbench.command("Unmask: Statistik anzeigen");
    await workbench.webview().getByRole("heading", { name: "Was aus den Vorschlägen wurde" }).waitFor();
    await workbench.screenshot("german-statistics");
    await workbench.command("View: Close Editor");
    await workbench.openFile("schedule.py");
    await workbench.command("Unmask: Entrauschungsverlauf anzeigen");
    await workbench.webview().getByText("maskiert").first().waitFor();
    assert.equal(await workbench.webview().locator("html").getAttribute("lang"), "de");
    await workbench.screenshot("german-trace");
  });
});
