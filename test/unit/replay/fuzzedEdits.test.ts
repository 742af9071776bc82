import assert from "node:assert/strict";
import { Completer } from "../../../src/completion/completer";
import type { CompletionCache } from "../../../src/completion/completionCache";
import type { CompletionQuery } from "../../../src/completion/completionQuery";
import type { Outcome, Suggestion } from "../../../src/completion/outcome";
import type { SelectedItem } from "../../../src/completion/placeText";
import { placeQuery } from "../../replay/placeQuery";
import { readTrace } from "../../replay/typingTrace";
import { checkOffer } from "../../soak/checkOffer";
import { collectGarbage } from "../../soak/collectGarbage";
import { FuzzDocument } from "../../soak/fuzzDocument";
import { fuzzEdit } from "../../soak/fuzzEdit";
import { MoodyBackend } from "../../soak/moodyBackend";
import { randomFrom } from "../../randomFrom";
import { VirtualTime } from "../../soak/virtualTime";

const EDITS = 10_000;
/** A backend that is late answers within its deadline and a second. */
const LATEST_MS = 5_000;
/** Of a hundred answers, each with the text around it; what grows with the documents is far above. */
const MOST_HEAP_BYTES = 20e6;

/** The suggest widget's selected item, now and then: it ends the word before the cursor. */
function selectedItem(document: FuzzDocument, random: () => number): SelectedItem | undefined {
  if (random() >= 0.05) return undefined;
  const typed = /[\w$]{0,8}$/.exec(document.lines[document.line]!.slice(0, document.character))![0];
  return { text: `${random() < 0.8 ? typed : typed.toUpperCase()}Item`, replaceBefore: typed.length, replaceAfter: 0 };
}

function settingsOf(random: () => number): CompletionQuery["settings"] {
  return {
    ...{ sampler: random() < 0.95 ? "verified" : "confidence", blockSize: undefined, maxTokens: 96, deadlineMs: 1_500 },
    leastSureness: random() < 0.2 ? random() : undefined,
    ...{
      multiline: random() < 0.9 ? "auto" : "never",
      comments: random() < 0.9,
      strings: random() < 0.9,
      trigger: random() < 0.95 ? "automatic" : "manual",
    },
  };
}

describe(`${EDITS} fuzzed edits in a backend's every mood`, function () {
  this.timeout(100_000);
  const seed = Number(process.env["UNMASK_TEST_SEED"]) || Date.now() & 0xffff;
  let documents: FuzzDocument[];
  let completer: Completer;
  let backend: MoodyBackend;
  const counts = { offered: 0, accepted: 0 };
  let unsettled = 0;
  const faults: unknown[] = [];
  let heapBytes = 0;

  before(async () => {
    const random = randomFrom(seed);
    const [typescript, python] = readTrace().documents;
    documents = [
      new FuzzDocument("file:///a.ts", "typescript", "\n", typescript!.text),
      new FuzzDocument("file:///b.py", "python", "\r\n", python!.text),
      new FuzzDocument("file:///c.c", "c", "\r\n", "\ufeff"),
    ];
    const time = new VirtualTime();
    backend = new MoodyBackend(time, random);
    completer = new Completer({
      ask: backend.ask,
      askBranches: backend.askBranches,
      readAhead: () => undefined,
      learnedSureness: () => 0.5,
      nowMs: () => time.nowMs,
      sleep: (ms, signal) => time.sleep(ms, signal),
    });
    const onUnhandled = (error: unknown): void => void faults.push(error);
    process.on("unhandledRejection", onUnhandled);
    collectGarbage();
    const heapBefore = process.memoryUsage().heapUsed;
    let document = documents[0]!;
    let keystroke = new AbortController();
    /** what VS Code shows now */
    let shown: Suggestion | undefined;
    const look = (edit: number): void => {
      const [place, { eol }, { signal }] = [document.place(), document, keystroke];
      const query = { ...placeQuery(place, selectedItem(document, random)), settings: settingsOf(random), invoked: random() < 0.05 };
      unsettled += 1;
      const onOutcome = (outcome: Outcome): void => {
        if (outcome.kind === "none") return;
        counts.offered += 1;
        checkOffer(place, eol, outcome);
        if (!signal.aborted && query.selected === undefined) shown = outcome;
      };
      completer
        .complete(query, signal)
        .then(onOutcome)
        .catch((error: unknown) => faults.push(`edit ${edit} at ${place.document}:${place.line}:${place.character}: ${String(error)}`))
        .finally(() => (unsettled -= 1));
    };
    for (let edit = 1; edit <= EDITS; edit++) {
      if (random() < 0.01) [document, shown] = [documents[Math.floor(random() * documents.length)]!, undefined];
      if (shown !== undefined && random() < 0.3) {
        // Tab takes all of it; else its first character is typed.
        const isTaken = random() < 0.3;
        if (isTaken) counts.accepted += 1;
        if (isTaken) document.replace(shown.replaceBefore, shown.replaceAfter, shown.insertText);
        else document.replace(0, 0, [...shown.insertText.slice(shown.replaceBefore)][0] ?? "");
      } else fuzzEdit(document, random);
      shown = undefined;
      // VS Code calls off what it asked before, mostly.
      if (random() < 0.9) keystroke.abort();
      keystroke = new AbortController();
      look(edit);
      if (random() < 0.2) time.after(300 * random(), () => keystroke.abort());
      if (random() < 0.002) completer.reset();
      await time.pass(random() < 0.5 ? 30 * random() : 400 * random());
    }
    keystroke.abort();
    completer.reset();
    await time.pass(LATEST_MS);
    // What it holds after a hundred answers more.
    for (let edit = 1; edit <= 500; edit++) {
      fuzzEdit(document, random);
      keystroke = new AbortController();
      look(edit);
      await time.pass(LATEST_MS);
      keystroke.abort();
    }
    await time.pass(LATEST_MS);
    documents = [];
    document = new FuzzDocument("", "", "\n", "");
    collectGarbage();
    heapBytes = process.memoryUsage().heapUsed - heapBefore;
    await time.pass(LATEST_MS);
    process.off("unhandledRejection", onUnhandled);
    console.log(`      seed ${seed}: ${backend.asked} requests, ${counts.offered} offers, ${counts.accepted} of them accepted`);
  });

  it("are followed by offers that leave all other text as it is and that VS Code shows, and by nothing unhandled", () => {
    assert.deepEqual(faults, []);
    assert.ok(
      counts.offered > EDITS / 50 && counts.accepted > 10 && backend.asked > EDITS / 10,
      JSON.stringify({ ...counts, asked: backend.asked }),
    );
  });

  it("leave no promise that does not settle", () => {
    assert.equal(unsettled, 0);
  });

  it("leave a cache of bounded size", () => {
    const { answers } = (completer as unknown as { cache: CompletionCache }).cache as unknown as { answers: readonly object[] };
    assert.equal(answers.length, 100);
    assert.ok(heapBytes < MOST_HEAP_BYTES, `${(heapBytes / 1e6).toFixed(1)} MB are held`);
  });
});
