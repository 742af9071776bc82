import assert from "node:assert/strict";
import { readTables } from "../../../scripts/l10n/bundles.mjs";
import { durationWords, dayWords, countWords } from "../../../media/statistics/words";
import { cellWords, milliseconds } from "../../../media/trace/words";
import { EngineError } from "../../../src/backends/engineError";
import { logWords } from "../../../src/backends/logWords";
import { explainStoreFailure } from "../../../src/model/store/storeError";
import { consentText } from "../../../src/ui/consentText";
import { languageStatusView } from "../../../src/ui/languageStatusView";
import { menuItems } from "../../../src/ui/menuItems";
import { statusView, type StatusInput } from "../../../src/ui/statusView";
import { ENGLISH, uiLanguage, useUiLanguage } from "../../../src/words/uiLanguage";

const ready = {
  enabled: true,
  language: { id: "python", on: true },
  model: { kind: "have", directory: "/m" },
  engine: { kind: "ready", model: "pilot", runtime: "onnxruntime-node", threads: 1 },
} as const satisfies StatusInput;

describe("Unmask in German", () => {
  before(() => useUiLanguage({ tag: "de", bundle: readTables(".", "bundle").get("de")! }));
  after(() => useUiLanguage(ENGLISH));

  it("says in the status bar what it does", () => {
    assert.equal(statusView(ready).title, "Unmask: bereit (pilot; onnxruntime-node, 1 Thread)");
    assert.equal(
      statusView({ ...ready, snoozed: { kind: "windowCloses" } }).label,
      "Unmask: pausiert, bis das Fenster geschlossen wird: Klicken, um fortzusetzen",
    );
    const progress = { stage: "fetching", done: 41, total: 100, bytesPerSecond: 12_340_000 } as const;
    assert.equal(
      statusView({ ...ready, model: { kind: "getting", progress } }).title,
      "Unmask: lädt 41 % (Modell wird abgerufen, 41 %, 12,3 MB/s, noch 1 s)",
    );
    assert.match(statusView({ ...ready, model: { kind: "missing" } }).label, /"Unmask: Modell abrufen" ausführen$/);
    assert.equal(languageStatusView(ready, true).action.title, "Für python ausschalten");
  });

  it("has no English word in its menu", () => {
    const english = /\b(show|switch|get|restart|settings|wake|for)\b/i;
    for (const { label, description = "" } of menuItems({ ...ready, snoozed: { kind: "windowCloses" }, model: { kind: "missing" } }, true))
      assert.doesNotMatch(`${label} ${description}`.replace(/\$\([^)]*\)/, ""), english);
  });

  it("writes numbers and days as German does", () => {
    assert.equal(uiLanguage(), "de");
    const text = consentText({ title: "Pilot", bytes: 1_250_000_000, licence: "MIT", from: "hub" });
    assert.equal(text, "Unmask braucht ein Modell auf diesem Computer: Pilot, 1,3 GB, Lizenz MIT, von hub. Jetzt abrufen?");
    assert.match(explainStoreFailure({ kind: "noSpace", directory: "/d", neededBytes: 2.5e9 }), /: 2,5 GB freigeben/);
    assert.equal(durationWords(1_240), "1,2 s");
    assert.equal(milliseconds(1.234), "1,2 ms");
    assert.equal(countWords(12_345), "12.345");
    assert.equal(dayWords("2026-11-27"), "27. Nov.");
  });

  it("keeps the log in English, and speaks German again after", () => {
    const error = new EngineError({ kind: "engineDied", detail: "killed" });
    assert.match(error.message, /^Die Engine wurde beendet \(killed\)/);
    assert.equal(logWords(error), "The engine stopped (killed); it starts again with the next request.");
    assert.equal(logWords(new Error("full")), "Error: full");
    assert.equal(uiLanguage(), "de");
  });

  it("says cells to a screen reader", () => {
    const cell = { state: "masked", text: "", confidence: 0, alternatives: [{ text: "\n", confidence: 0.5 }] } as const;
    assert.equal(cellWords(cell), "maskiert, am wahrscheinlichsten: Zeilenumbruch 50 %");
  });
});

describe("Unmask in a language for which there are no words", () => {
  it("is English again, numbers too", () => {
    useUiLanguage(ENGLISH);
    assert.equal(statusView(ready).title, "Unmask: ready (pilot; onnxruntime-node, 1 thread)");
    assert.equal(durationWords(1_240), "1.2 s");
    assert.equal(dayWords("2026-11-27"), "27 Nov");
  });
});
