import assert from "node:assert/strict";
import fc from "fast-check";
import type { Place } from "../../../src/region/placeAfter";
import type { DocumentChange } from "../../../src/usage/changeAtOffer";
import type { Offer, SettledOffer } from "../../../src/usage/offer";
import { LEAST_READ_MS } from "../../../src/usage/offerLife";
import { CONFIRM_MS, OfferLedger } from "../../../src/usage/offerLedger";
import { offerOf } from "./offerOf";

const KEY = "file:///a.ts";

describe("OfferLedger", () => {
  let nowMs: number;
  let settled: SettledOffer[];
  let ledger: OfferLedger;
  beforeEach(() => {
    nowMs = 0;
    settled = [];
    ledger = new OfferLedger((offer) => settled.push(offer));
  });

  const show = (more: Partial<Offer> = {}): number => ledger.shown(offerOf(more), nowMs).id;
  /** Replaces some characters around a place in line 3 by a text. */
  const put = (character: number, text: string, before = 0, after = 0, line = 3): void =>
    ledger.changed(
      KEY,
      [{ start: { line, character: character - before }, end: { line, character: character + after }, text }],
      (nowMs += 100),
    );
  const wait = (ms = 1_000): void => ledger.settleDue((nowMs += ms));
  const outcome = (): unknown => settled.map(({ fate, acceptedChars, typedChars }) => [fate, acceptedChars, typedChars]);

  it("tells of nothing while an offer is shown", () => {
    show();
    wait(60_000);
    assert.deepEqual(settled, []);
    assert.equal(ledger.dueMs, undefined);
  });

  it("tells at once of one that VS Code says is accepted, with the time until the change", () => {
    const id = show({ text: "foo(bar)" });
    nowMs = 1_400;
    put(8, "foo(bar)");
    ledger.accepted(id, nowMs + 20);
    assert.deepEqual(outcome(), [["accepted", 8, 0]]);
    assert.equal(settled[0]!.shownMs, 1_500);
    ledger.accepted(id, nowMs + 30);
    ledger.end(nowMs + 40);
    assert.equal(settled.length, 1);
  });

  it("counts what was typed before Tab as typed, over all re-offers", () => {
    show({ text: "foo" });
    put(8, "f");
    const id = show({ character: 9, text: "oo" });
    wait();
    put(9, "oo");
    ledger.accepted(id, nowMs);
    assert.deepEqual(outcome(), [["accepted", 2, 1]]);
    assert.equal(settled[0]!.offer.text, "foo");
  });

  it("believes the command where the last character alone is accepted", () => {
    const id = show({ text: ")" });
    put(8, ")");
    ledger.accepted(id, nowMs + 5);
    assert.deepEqual(outcome(), [["accepted", 1, 0]]);
  });

  it("believes the command where the change looked like something else, or has not come", () => {
    const first = show({ text: "foo(bar)", replaceAfter: 1 });
    put(8, "FOO");
    ledger.accepted(first, nowMs + 5);
    const second = show({ text: "baz" });
    ledger.accepted(second, nowMs + 5);
    assert.deepEqual(outcome(), [
      ["accepted", 8, 0],
      ["accepted", 3, 0],
    ]);
  });

  it("counts an alternative that is accepted instead with its own length, and what was typed before as typed", () => {
    show({ text: "foo(a)" });
    put(8, "f");
    const id = show({ character: 9, text: "oo(a)", automatic: false });
    put(9, "etch(a, b)");
    ledger.accepted(id, nowMs + 5, "fetch(a, b)");
    assert.deepEqual(outcome(), [["accepted", 10, 1]]);
    assert.equal(settled[0]!.offer.text, "fetch(a, b)");
  });

  it("counts an alternative that begins as the first does, or is a head of it, once", () => {
    for (const [first, other] of [
      ["foo(a)", "foo"],
      ["foo", "foo(a)"],
      ["ab", "a"],
      ["a", "b"],
    ] as const) {
      settled = [];
      const id = show({ text: first });
      put(8, other);
      ledger.accepted(id, nowMs + 5, other);
      assert.deepEqual(outcome(), [["accepted", other.length, 0]], other);
      assert.equal(settled[0]!.offer.text, other);
    }
  });

  it("counts an alternative once though its head was typed since it was offered, be the rest offered again or not", () => {
    for (const isReoffered of [true, false]) {
      settled = [];
      const id = show({ text: "foo(a)" });
      put(8, "f");
      if (isReoffered) assert.equal(show({ character: 9, text: "oo(a)" }), id);
      put(9, "oobar()");
      ledger.accepted(id, nowMs + 5, "foobar()");
      assert.deepEqual(outcome(), [["accepted", 7, 1]]);
      assert.equal(settled[0]!.offer.text, "foobar()");
    }
  });

  it("tells whether it was an alternative that was accepted", () => {
    const first = show({ text: "foo(a)" });
    put(8, "foo(a)");
    ledger.accepted(first, nowMs + 5);
    const second = show({ text: "foo(a)" });
    put(8, "bar");
    ledger.accepted(second, nowMs + 5, "bar");
    assert.deepEqual(
      settled.map(({ isAlternative }) => isAlternative),
      [false, true],
    );
  });

  it("counts all of an alternative, what was typed of it as typed (2,000 random ones)", () => {
    const word = fc.string({ unit: fc.constantFrom(..."ab(".split("")), maxLength: 4 });
    const typing = fc.array(fc.boolean(), { maxLength: 4 });
    fc.assert(
      fc.property(word, word, word, typing, (head, restOfFirst, restOfOther, reoffers) => {
        settled = [];
        const [first, other] = [head + restOfFirst, head + restOfOther];
        const typed = Math.min(reoffers.length, head.length, first.length - 1, other.length - 1);
        if (typed < 0 || first === other) return;
        const id = show({ text: first });
        for (let at = 0; at < typed; at++) {
          put(8 + at, head[at]!);
          if (reoffers[at]) assert.equal(show({ character: 9 + at, text: first.slice(at + 1) }), id);
        }
        put(8 + typed, other.slice(typed));
        ledger.accepted(id, nowMs + 5, other);
        assert.deepEqual(outcome(), [["accepted", other.length - typed, typed]]);
        assert.equal(settled[0]!.offer.text, other);
      }),
      { numRuns: 2_000 },
    );
  });

  it("is accepted over the closers after the cursor", () => {
    show({ text: "a, b);", replaceAfter: 1 });
    put(8, "a, b);", 0, 1);
    wait();
    assert.deepEqual(outcome(), [["accepted", 6, 0]]);
  });

  it("is accepted in part where words are taken, and the rest is left", () => {
    show({ text: "known.length + 1" });
    put(8, "known");
    const id = show({ character: 13, text: ".length + 1" });
    put(13, ".length");
    assert.equal(show({ character: 20, text: " + 1" }), id);
    put(20, "x");
    wait();
    assert.deepEqual(outcome(), [["acceptedInPart", 12, 0]]);
  });

  it("is accepted where words are taken to the end, and in part where its end is typed", () => {
    show({ text: "a.b c" });
    put(8, "a.b");
    put(11, " c");
    show({ character: 13, text: "foo c" });
    put(13, "foo");
    put(16, " ");
    put(17, "c");
    wait();
    assert.deepEqual(outcome(), [
      ["accepted", 5, 0],
      ["acceptedInPart", 3, 2],
    ]);
  });

  it("is one offer that is typed to its end, key by key", () => {
    const text = "foo(1)";
    const ids = [...text].map((character, index) => {
      const id = show({ character: 8 + index, text: text.slice(index) });
      put(8 + index, character);
      return id;
    });
    wait();
    assert.equal(new Set(ids).size, 1);
    assert.deepEqual(outcome(), [["typed", 0, 6]]);
    assert.equal(settled[0]!.offer.text, text);
  });

  for (const [title, text, written, rest] of [
    ["a bracket that VS Code closes", "(a, b)", "()", "a, b)"],
    ["a bracket that VS Code closes, where the offer does too", "();", "()", ");"],
    ["a quote that VS Code closes", '"x"', '""', 'x"'],
    ["a line break with its indentation", "\n    return", "\n    ", "return"],
    ["a line break between brackets", "\n  a\n", "\n  \n", "a\n"],
    ["a character of two units", "😀 x", "😀", " x"],
  ] as const) {
    it(`does not mistake ${title} for an accept`, () => {
      show({ text });
      put(8, written);
      ledger.end((nowMs += LEAST_READ_MS));
      assert.deepEqual(outcome(), [["dismissed", 0, text.length - rest.length]]);
    });
  }

  it("goes on after a closed bracket, and when its closing one is typed over", () => {
    const id = show({ text: "(a)" });
    put(8, "()");
    assert.equal(show({ character: 9, text: "a)", replaceAfter: 1 }), id);
    put(9, "a");
    put(10, ")", 0, 1);
    wait();
    assert.deepEqual(outcome(), [["typed", 0, 3]]);
  });

  it("is not accepted where the suggest widget writes its own item", () => {
    show({ text: "Each(x => x)", widgetChars: 4 });
    put(8, "forEach", 3);
    put(12, "y");
    show({ text: "forEach(x)", widgetChars: 7 });
    put(8, "forEach");
    ledger.end(nowMs + LEAST_READ_MS);
    assert.deepEqual(outcome(), [
      ["unread", 0, 4],
      ["dismissed", 0, 7],
    ]);
  });

  it("is dismissed where it was to be read and something else is typed, deleted or gone to", () => {
    const ways: (() => void)[] = [
      () => put(8, "z"),
      () => put(8, "", 1),
      () => put(8, "", 0, 1),
      () => ledger.cursorAt(KEY, { line: 4, character: 8 }, nowMs),
      () => ledger.cursorAt("file:///b.ts", { line: 3, character: 8 }, nowMs),
      () => ledger.closed(KEY, nowMs),
      () => ledger.left(nowMs),
      () => show({ text: "quite another" }),
    ];
    for (const way of ways) {
      ledger.end(nowMs);
      settled = [];
      show();
      nowMs += LEAST_READ_MS;
      way();
      wait(CONFIRM_MS);
      assert.deepEqual(outcome(), [["dismissed", 0, 0]], String(way));
    }
  });

  it("is unread where it was gone before anybody can have read it", () => {
    show();
    nowMs += LEAST_READ_MS - 101;
    put(8, "z");
    wait();
    assert.deepEqual(outcome(), [["unread", 0, 0]]);
  });

  it("stays where the cursor is told where it was, another document changes, or one is closed", () => {
    show();
    ledger.cursorAt(KEY, { line: 3, character: 8 }, nowMs);
    ledger.changed("file:///b.ts", [{ start: { line: 3, character: 8 }, end: { line: 3, character: 8 }, text: "z" }], nowMs);
    ledger.closed("file:///b.ts", nowMs);
    ledger.changed(KEY, [], nowMs);
    wait();
    assert.deepEqual(settled, []);
  });

  it("moves with what changes before it, and not with what changes behind it", () => {
    show({ text: "abc" });
    ledger.changed(
      KEY,
      [
        { start: { line: 0, character: 0 }, end: { line: 0, character: 0 }, text: 'import "x";\n' },
        { start: { line: 3, character: 1 }, end: { line: 3, character: 3 }, text: "" },
        { start: { line: 9, character: 0 }, end: { line: 12, character: 4 }, text: "" },
      ],
      nowMs,
    );
    ledger.cursorAt(KEY, { line: 4, character: 6 }, nowMs);
    put(6, "abc", 0, 0, 4);
    wait();
    assert.deepEqual(outcome(), [["accepted", 3, 0]]);
  });

  it("waits for the command so long and no longer", () => {
    const id = show({ text: "abc" });
    nowMs = 900;
    put(8, "abc");
    assert.equal(ledger.dueMs, 1_000 + CONFIRM_MS);
    ledger.settleDue(999 + CONFIRM_MS);
    assert.deepEqual(settled, []);
    ledger.settleDue(1_000 + CONFIRM_MS);
    assert.equal(settled.length, 1);
    assert.equal(ledger.dueMs, undefined);
    ledger.accepted(id, nowMs + 2 * CONFIRM_MS);
    assert.equal(settled.length, 1);
  });

  describe("told anything in any order (5,000 runs)", () => {
    const place = fc.record<Place>({ line: fc.integer({ min: 2, max: 4 }), character: fc.integer({ min: 6, max: 11 }) });
    const words = fc.constantFrom("", "a", "ab", "abc", "()", "(a)", "\n  ", "\n  \n", "a\nb", "()\n  a");
    const documents = fc.constantFrom(KEY, "file:///b.ts");
    const change = fc.record({ start: place, end: place, text: words });
    const event = fc.oneof(
      fc.record({
        kind: fc.constant("shown" as const),
        key: documents,
        place,
        text: words,
        replaceAfter: fc.nat(2),
        widgetChars: fc.nat(3),
      }),
      fc.record({ kind: fc.constant("again" as const), cut: fc.integer({ min: -1, max: 2 }) }),
      fc.record({ kind: fc.constant("head" as const), chars: fc.nat(6), after: fc.nat(2) }),
      fc.record({ kind: fc.constant("changed" as const), key: documents, changes: fc.array(change, { maxLength: 3 }) }),
      fc.record({ kind: fc.constant("cursor" as const), key: documents, place }),
      fc.record({ kind: fc.constant("accepted" as const), back: fc.nat(2), instead: fc.option(words, { nil: undefined }) }),
      fc.record({ kind: fc.constant("left" as const) }),
      fc.record({ kind: fc.constant("closed" as const), key: documents }),
      fc.record({ kind: fc.constant("due" as const) }),
    );
    const history = fc.array(fc.tuple(event, fc.nat(500)), { maxLength: 40 });

    it("settles each offer exactly once, and counts no more than its text has", () => {
      const fates = new Set<string>();
      fc.assert(
        fc.property(history, (events) => {
          const told: SettledOffer[] = [];
          const fuzzed = new OfferLedger((offer) => told.push(offer));
          const ids = new Set<number>();
          let [atMs, lastId, last] = [0, 0, offerOf()];
          for (const [each, ms] of events) {
            atMs += ms;
            switch (each.kind) {
              case "shown":
                last = offerOf({ documentKey: each.key, ...each.place, text: each.text, replaceAfter: each.replaceAfter });
                ids.add((lastId = fuzzed.shown(last, atMs).id));
                break;
              case "again": {
                const text = each.cut < 0 ? `${last.text}x` : last.text.slice(0, last.text.length - each.cut);
                ids.add((lastId = fuzzed.shown({ ...last, text }, atMs).id));
                break;
              }
              case "head": {
                const text = last.text.slice(0, each.chars);
                const end = { line: last.line, character: last.character + each.after };
                fuzzed.changed(last.documentKey, [{ start: last, end, text }], atMs);
                if (!text.includes("\n")) last = { ...last, character: last.character + text.length, text: last.text.slice(each.chars) };
                break;
              }
              case "changed":
                fuzzed.changed(each.key, each.changes satisfies DocumentChange[], atMs);
                break;
              case "cursor":
                fuzzed.cursorAt(each.key, each.place, atMs);
                break;
              case "accepted":
                fuzzed.accepted(lastId - each.back, atMs, each.instead);
                break;
              case "left":
                fuzzed.left(atMs);
                break;
              case "closed":
                fuzzed.closed(each.key, atMs);
                break;
              case "due":
                fuzzed.settleDue(atMs);
            }
          }
          fuzzed.end(atMs);
          assert.equal(fuzzed.dueMs, undefined);
          assert.equal(told.length, ids.size);
          for (const { offer, fate, acceptedChars, typedChars, shownMs } of told) {
            fates.add(fate);
            assert.ok(acceptedChars >= 0 && typedChars >= 0 && shownMs >= 0 && shownMs <= atMs);
            assert.ok(acceptedChars + typedChars <= offer.text.length);
            if (fate === "accepted") assert.equal(acceptedChars + typedChars, offer.text.length);
            if (fate === "typed") assert.equal(typedChars, offer.text.length);
            if (fate === "dismissed" || fate === "unread") assert.equal(acceptedChars, 0);
          }
        }),
        { numRuns: 5_000 },
      );
      assert.deepEqual([...fates].sort(), ["accepted", "acceptedInPart", "dismissed", "typed", "unread"]);
    });
  });
});
