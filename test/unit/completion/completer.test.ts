import assert from "node:assert/strict";
import type { CanvasCell } from "../../../src/backends/infiller";
import { EngineError } from "../../../src/backends/engineError";
import { Completer } from "../../../src/completion/completer";
import type { CompletionQuery } from "../../../src/completion/completionQuery";
import type { Outcome } from "../../../src/completion/outcome";
import { FakeBackend, infill, query, settle, step } from "./fakeBackend";

function setUp() {
  const backend = new FakeBackend();
  const sleeps: number[] = [];
  const readAhead: string[] = [];
  const completer = new Completer({
    ask: backend.ask,
    askBranches: backend.askBranches,
    readAhead: ({ prefix }) => void readAhead.push(prefix),
    learnedSureness: () => 0,
    nowMs: () => 0,
    sleep: (ms) => (sleeps.push(ms), Promise.resolve()),
  });
  /** Asks and lets go on what can. */
  const type = async (text: string, more: Partial<CompletionQuery> = {}) => {
    const keystroke = new AbortController();
    const outcome = completer.complete(query(text, more), keystroke.signal);
    await settle();
    return { outcome, cancel: () => keystroke.abort() };
  };
  const rest = (text: string) => completer.rest(query(text, {}));
  return { backend, completer, type, sleeps, rest, readAhead };
}

const text = (outcome: Outcome): string => (outcome.kind === "none" ? `none: ${outcome.reason}` : outcome.insertText);

describe("Completer", () => {
  it("has the context read where the cursor rests, unless something runs, is known there or is never offered there", async () => {
    const { backend, type, rest, readAhead } = setUp();
    rest("const b = │\n");
    assert.deepEqual(readAhead, ["const b = "]);
    rest("const b│ar = 1;\n");
    const { outcome } = await type("const b = │\n");
    rest("x = │\n");
    assert.equal(backend.calls[0]!.signal.aborted, false);
    backend.calls[0]!.answer(infill("a + 1;"));
    await outcome;
    rest("const b = a│\n");
    assert.equal(readAhead.length, 1);
    rest("x = │\n");
    assert.deepEqual(readAhead.slice(1), ["x = "]);
  });

  it("asks the backend for the rest of the line and offers its answer", async () => {
    const { backend, type } = setUp();
    const { outcome } = await type("const a = 1;\nconst b = │  \nc();\n");
    const { infill: asked } = backend.calls[0]!.request;
    assert.deepEqual([asked.prefix, asked.suffix, asked.region], ["const a = 1;\nconst b = ", "\nc();\n", "line"]);
    backend.calls[0]!.answer(infill("a + 1;"));
    assert.equal(text(await outcome), "a + 1;");
  });

  it("answers from what it knows while the user types the answer, and does not ask again", async () => {
    const { backend, type } = setUp();
    const { outcome } = await type("const b = │\n");
    backend.calls[0]!.answer(infill("a + 1;"));
    await outcome;
    assert.equal(text(await (await type("const b = a │\n")).outcome), "+ 1;");
    assert.equal(text(await (await type("const b = │\n")).outcome), "a + 1;");
    assert.equal(backend.calls.length, 1);
  });

  it("lets a keystroke end the wait but not the request, whose answer serves the next keystroke", async () => {
    const { backend, type } = setUp();
    const first = await type("const b = │\n");
    first.cancel();
    assert.equal(text(await first.outcome), "none: superseded");
    assert.equal(backend.calls[0]!.signal.aborted, false);
    const second = await type("const b = a│\n");
    assert.equal(backend.calls.length, 1);
    backend.calls[0]!.answer(infill("a + 1;"));
    assert.equal(text(await second.outcome), " + 1;");
  });

  it("asks anew when the answer it joined says something else than what was typed", async () => {
    const { backend, type } = setUp();
    (await type("const b = │\n")).cancel();
    const second = await type("const b = x│\n");
    backend.calls[0]!.answer(infill("a + 1;"));
    await settle();
    assert.equal(backend.calls.length, 2);
    backend.calls[1]!.answer(infill(" * 2;"));
    assert.equal(text(await second.outcome), " * 2;");
  });

  it("asks anew as soon as what is certain of the answer it joined says something else, not when that is done", async () => {
    const { backend, type } = setUp();
    (await type("const b = │\n")).cancel();
    const second = await type("const b = ab│\n");
    assert.equal(backend.calls.length, 1);
    backend.calls[0]!.onStep(step("const b = ", "a"));
    await settle();
    assert.equal(backend.calls.length, 1);
    backend.calls[0]!.onStep(step("const b = ", "a + 1"));
    await settle();
    assert.equal(backend.calls.length, 2);
    assert.equal(backend.calls[0]!.signal.aborted, true);
    assert.equal(backend.calls[1]!.request.infill.prefix, "const b = ab");
    backend.calls[1]!.answer(infill("s(a);"));
    assert.equal(text(await second.outcome), "s(a);");
  });

  it("aborts a request whose canvas already disagrees with what was typed", async () => {
    const { backend, type } = setUp();
    (await type("const b = │\n")).cancel();
    backend.calls[0]!.onStep(step("const b = ", "a +"));
    await type("const b = a │\n");
    assert.equal(backend.calls.length, 1);
    await type("const b = x│\n");
    assert.equal(backend.calls.length, 2);
    assert.equal(backend.calls[0]!.signal.aborted, true);
  });

  it("aborts a request of another place", async () => {
    const { backend, type } = setUp();
    const first = await type("a = │\nb = \n");
    await type("a = \nb = │\n");
    assert.equal(backend.calls[0]!.signal.aborted, true);
    assert.equal(text(await first.outcome), "none: superseded");
  });

  it("starts nothing for a keystroke that was cancelled while it waited", async () => {
    const backend = new FakeBackend();
    let wake: () => void = () => undefined;
    const sleep = (): Promise<void> => new Promise((resolve) => (wake = resolve));
    const { ask, askBranches } = backend;
    const completer = new Completer({ ask, askBranches, readAhead: () => undefined, learnedSureness: () => 0, nowMs: () => 0, sleep });
    // An engine that is slow: a quick one is asked at once.
    const first = completer.complete(query("z = │"), new AbortController().signal);
    backend.calls[0]!.answer({ ...infill("1"), times: { queuedMs: 0, prefillMs: 900, denoiseMs: 100, totalMs: 1_000 } });
    assert.equal(text(await first), "1");
    const keystroke = new AbortController();
    const outcome = completer.complete(query("a = │"), keystroke.signal);
    keystroke.abort();
    wake();
    assert.equal(text(await outcome), "none: superseded");
    assert.equal(backend.calls.length, 1);
  });

  it("does not wait when asked for by key", async () => {
    const { type, sleeps } = setUp();
    await type("a = │", { invoked: true });
    assert.deepEqual(sleeps, []);
    await type("b = │");
    assert.equal(sleeps.length, 1);
  });

  it("offers what is certain when time is up, and says so when nothing is", async () => {
    const { backend, type } = setUp();
    const first = await type("a = │");
    backend.calls[0]!.answer(infill("foo(", { ended: "deadline", fits: false }));
    assert.equal(text(await first.outcome), "foo(");
    assert.equal(text(await (await type("a = fo│")).outcome), "o(");
    const again = await type("a = │");
    assert.equal(backend.calls.length, 2, "what was cut short is asked again where it was made");
    backend.calls[1]!.answer(infill("foo(1);"));
    assert.equal(text(await again.outcome), "foo(1);");
    const second = await type("b = │");
    backend.calls[2]!.answer(infill("", { ended: "deadline", fits: false }));
    assert.equal(text(await second.outcome), "none: outOfTime");
    await type("b = │");
    assert.equal(backend.calls.length, 4, "what was not answered in time is asked again");
  });

  it("keeps nothing of a request that was called off", async () => {
    const { backend, completer, type } = setUp();
    await type("a = │");
    backend.calls[0]!.answer(infill("old", { ended: "aborted", fits: false }));
    completer.reset();
    await settle();
    const again = await type("a = │");
    assert.equal(backend.calls.length, 2);
    backend.calls[1]!.answer(infill("new"));
    assert.equal(text(await again.outcome), "new");
  });

  it("asks with the deadline of the document's own settings", async () => {
    const { backend, type } = setUp();
    await type("a = │", { settings: { ...query("│").settings, deadlineMs: 700 } });
    assert.equal(backend.calls[0]!.request.deadlineMs, 700);
  });

  it("remembers why an answer was dropped", async () => {
    const { backend, type } = setUp();
    const { outcome } = await type("  x();\n  │\n");
    backend.calls[0]!.answer(infill("x();"));
    assert.equal(text(await outcome), "none: repeatsLineBefore");
    assert.equal(text(await (await type("  x();\n  │\n")).outcome), "none: repeatsLineBefore");
    assert.equal(backend.calls.length, 1);
  });

  it("offers nothing when the engine fails, and the next keystroke works", async () => {
    const { backend, type } = setUp();
    const first = await type("a = │");
    backend.calls[0]!.fail(new EngineError({ kind: "engineDied", detail: "killed" }));
    assert.equal(text(await first.outcome), "none: engineFailed");
    const second = await type("a = │");
    backend.calls[1]!.answer(infill("1"));
    assert.equal(text(await second.outcome), "1");
  });

  it("offers nothing in a comment unless the setting or the key says so", async () => {
    const { backend, type } = setUp();
    const syntax = { inside: "comment" } as const;
    assert.equal(text(await (await type("// so │", { syntax })).outcome), "none: insideComment");
    await type("// so │", { syntax, invoked: true });
    const { settings } = query("│");
    await type("// so │", { syntax, settings: { ...settings, comments: true } });
    assert.equal(backend.calls.length, 2);
  });

  it("offers nothing in a string where the setting says so, and the key does not", async () => {
    const { backend, type } = setUp();
    const { settings } = query("│");
    const strings = { syntax: { inside: "string" }, settings: { ...settings, strings: false } } as const;
    assert.equal(text(await (await type('x = "so │"', strings)).outcome), "none: insideString");
    await type('x = "so │"', { ...strings, invoked: true });
    await type('x = "so │"', { ...strings, settings });
    await type("x = `so ${a.│}`", { ...strings, syntax: { inside: "code" } });
    assert.equal(backend.calls.length, 3);
  });

  it("offers nothing but by key where the setting says so", async () => {
    const { backend, type } = setUp();
    const settings = { ...query("│").settings, trigger: "manual" } as const;
    assert.equal(text(await (await type("a = │", { settings })).outcome), "none: notInvoked");
    await type("a = │", { settings, invoked: true });
    assert.equal(backend.calls.length, 1);
  });

  it("cuts several lines where the body ends", async () => {
    const { backend, type } = setUp();
    const { outcome } = await type("function f() {\n  │\n}\n");
    assert.equal(backend.calls[0]!.request.infill.region, "lines");
    backend.calls[0]!.answer(infill("return 1;\n}\n\nfunction g() {"));
    assert.equal(text(await outcome), "return 1;");
  });

  it("shows several lines in the editor's unit of indentation, and goes on with them as they are typed", async () => {
    const { backend, type } = setUp();
    const more = { indentUnit: "    " };
    const { outcome } = await type("function f() {\n    │\n}\n", more);
    backend.calls[0]!.answer(infill("if (a) {\n      b();\n    }"));
    assert.equal(text(await outcome), "if (a) {\n        b();\n    }");
    assert.equal(text(await (await type("function f() {\n    if (a) {\n        b│\n}\n", more)).outcome), "();\n    }");
    assert.equal(backend.calls.length, 1);
    // Another unit is another question.
    await type("function f() {\n    │\n}\n", { indentUnit: "\t" });
    assert.equal(backend.calls.length, 2);
  });

  it("shows the rest of an answer over the closer that the editor set", async () => {
    const { backend, type } = setUp();
    const { outcome } = await type("x = │\n");
    backend.calls[0]!.answer(infill("f(a);"));
    await outcome;
    const item = await (await type("x = f(│)\n")).outcome;
    const sure = { sureness: 1, certainChars: 3 };
    assert.deepEqual(item, { kind: "suggestion", insertText: "a);", replaceBefore: 0, replaceAfter: 1, ...sure, source: "cache" });
  });

  it("shows only the head that is sure enough, keeps showing it while it is typed, and all of the answer to who asks by key", async () => {
    const { backend, type } = setUp();
    const settings = { ...query("│").settings, leastSureness: 0.6 };
    const { outcome } = await type("x = │\n", { settings });
    const tokens = [{ text: "foo", confidence: 0.7 }, { text: "(bar", confidence: 0.5 }, { text: ");", confidence: 0.9 }]; // prettier-ignore
    backend.calls[0]!.answer({ ...infill("foo(bar);"), tokens });
    assert.equal(text(await outcome), "foo");
    assert.equal(text(await (await type("x = f│\n", { settings: { ...settings, leastSureness: 0.95 } })).outcome), "oo");
    assert.equal(text(await (await type("x = foo│\n", { settings })).outcome), "none: unsure");
    assert.equal(text(await (await type("x = foo│\n", { settings, invoked: true })).outcome), "(bar);");
    assert.equal(backend.calls.length, 1);
  });

  it("takes no closer that the editor has set where the head ends before the answer writes it", async () => {
    const { backend, type } = setUp();
    const settings = { ...query("│").settings, leastSureness: 0.6 };
    const { outcome } = await type("x = │\n", { settings });
    const tokens = [{ text: "f(", confidence: 0.9 }, { text: "g(a)", confidence: 0.9 }, { text: ");", confidence: 0.2 }]; // prettier-ignore
    backend.calls[0]!.answer({ ...infill("f(g(a));"), tokens });
    await outcome;
    const item = await (await type("x = f(│)\n", { settings })).outcome;
    assert.equal(item.kind === "suggestion" && item.insertText + item.replaceAfter, "g(a)0");
  });

  it("takes of the closers that the editor has set those that a head writes itself", async () => {
    const { backend, type } = setUp();
    const settings = { ...query("│").settings, leastSureness: 0.6 };
    const { outcome } = await type("x = │\n", { settings });
    const tokens = [{ text: 'foo("', confidence: 0.9 }, { text: 'abc",', confidence: 0.9 }, { text: " x)", confidence: 0.2 }]; // prettier-ignore
    backend.calls[0]!.answer({ ...infill('foo("abc", x)'), tokens });
    await outcome;
    const item = await (await type('x = foo("│")\n', { settings })).outcome;
    assert.equal(item.kind === "suggestion" && item.insertText + item.replaceAfter, 'abc",1');
  });

  it("gives alternatives where only the key may ask", async () => {
    const { backend, completer, type } = setUp();
    const settings = { ...query("│").settings, trigger: "manual" as const };
    const { outcome } = await type("x = │\n", { settings, invoked: true });
    backend.calls[0]!.answer(infill("foo"));
    await outcome;
    assert.equal(text(await (await type("x = │\n", { settings })).outcome), "none: notInvoked");
    const asked = query("x = │\n", { settings, wantsOthers: true });
    assert.equal(text(await completer.complete(asked, new AbortController().signal)), "foo");
  });

  it("denoises the next line while the cursor stands at the end of one that is complete: Enter finds it there", async () => {
    const { backend, type } = setUp();
    const { outcome } = await type("f() {\n  a();│\n}\n");
    backend.calls[0]!.answer(infill(""));
    assert.equal(text(await outcome), "none: empty");
    assert.equal(backend.calls[1]!.request.infill.prefix, "f() {\n  a();\n  ");
    backend.calls[1]!.answer(infill("b();"));
    await settle();
    assert.equal(text(await (await type("f() {\n  a();\n  │\n}\n")).outcome), "b();");
    assert.equal(backend.calls.length, 2);
    // Back at the line's end all is known already.
    assert.equal(text(await (await type("f() {\n  a();│\n}\n")).outcome), "none: empty");
    assert.equal(backend.calls.length, 2);
  });

  it("does not ask behind an answer that was accepted to the end of its line, and goes on to the next", async () => {
    const { backend, type } = setUp();
    const { outcome } = await type("f() {\n  │\n  c();\n}\n");
    backend.calls[0]!.answer(infill("a();", { ended: "line" }));
    assert.equal(text(await outcome), "a();");
    assert.equal(text(await (await type("f() {\n  a();│\n  c();\n}\n")).outcome), "none: empty");
    assert.deepEqual(backend.calls.slice(1).map(({ request }) => request.infill.prefix), ["f() {\n  a();\n  "]); // prettier-ignore
  });

  describe("alternatives", () => {
    const cell = (text: string, confidence: number, ...others: [string, number][]): CanvasCell => ({
      ...{ state: "revealed", text, confidence },
      alternatives: others.map(([text, confidence]) => ({ text, confidence })),
    });
    /** A place whose answer is known, with its forks. */
    const answered = async (answer: string, cells: CanvasCell[], place = "x = │\n") => {
      const parts = setUp();
      const { outcome } = await parts.type(place);
      parts.backend.calls[0]!.onStep({ pass: 1, atMs: 1, cells });
      parts.backend.calls[0]!.answer(infill(answer));
      await outcome;
      const search = new AbortController();
      const others = parts.completer.alternatives(query(place), search.signal);
      await settle();
      return { ...parts, others, search };
    };

    it("are asked for together, each from where the known answer could have gone another way", async () => {
      const { backend, completer, type, others } = await answered("foo(a)", [
        cell("foo", 0.6, ["bar", 0.3]),
        cell("(a)", 0.6, [".b", 0.2]),
      ]);
      assert.equal(completer.shownBy(query("x = │\n")), "typing");
      assert.equal(backend.branchCalls.length, 1);
      const { request, heads, answer } = backend.branchCalls[0]!;
      assert.deepEqual(
        [request.infill.prefix, request.infill.region, request.deadlineMs, heads],
        ["x = ", "line", 1_500, ["bar", "foo.b"]],
      );
      answer([infill("[1]"), infill(";")]);
      assert.deepEqual((await others).map(text), ["bar[1]", "foo.b;"]);
      // What is offered first stays the answer.
      assert.equal(text(await (await type("x = │\n")).outcome), "foo(a)");
      assert.equal(backend.calls.length, 1);
    });

    it("that end the line need nobody asked, and stand among the others in order", async () => {
      const cells = [cell("foo", 0.6, ["bar", 0.3]), cell("(a)", 0.6, [";\n", 0.3]), cell(";", 0.9, [".b", 0.3])];
      const { backend, others } = await answered("foo(a);", cells);
      assert.deepEqual(backend.branchCalls[0]!.heads, ["bar", "foo(a).b"]);
      backend.branchCalls[0]!.answer([infill("[1]"), infill("()")]);
      assert.deepEqual((await others).map(text), ["bar[1]", "foo;", "foo(a).b()"]);
    });

    it("ask nobody where all of them end the line", async () => {
      const { backend, others } = await answered("foo(a)", [cell("foo", 0.6), cell("(a)", 0.6, [";\n", 0.3])]);
      assert.deepEqual((await others).map(text), ["foo;"]);
      assert.equal(backend.branchCalls.length, 0);
    });

    it("are none where no answer is known, and none twice", async () => {
      const { completer } = setUp();
      assert.deepEqual(await completer.alternatives(query("x = │\n"), new AbortController().signal), []);
      const { backend, others } = await answered("foo", [cell("foo", 0.5, ["fo", 0.3], ["b", 0.2], ["fooo", 0.1])]);
      backend.branchCalls[0]!.answer([infill("o"), infill("ar"), infill("")]);
      assert.deepEqual((await others).map(text), ["bar", "fooo"]);
    });

    it("leave out what was not ready in time", async () => {
      const { backend, others } = await answered("foo", [cell("foo", 0.5, ["a", 0.3], ["b", 0.2])]);
      backend.branchCalls[0]!.answer([infill("1", { ended: "deadline" }), infill("2")]);
      assert.deepEqual((await others).map(text), ["b2"]);
    });

    it("where the engine fails are those that need no engine", async () => {
      const { backend, others } = await answered("foo(a)", [cell("foo", 0.6, ["bar", 0.3]), cell("(a)", 0.6, [";\n", 0.3])]);
      backend.branchCalls[0]!.fail(new EngineError({ kind: "engineDied", detail: "x" }));
      assert.deepEqual((await others).map(text), ["foo;"]);
    });

    it("are given up when the search ends, and when something else is typed", async () => {
      const fork = [cell("foo", 0.5, ["a", 0.3])];
      const ended = await answered("foo", fork);
      ended.search.abort();
      assert.deepEqual(await ended.others, []);
      assert.equal(ended.backend.branchCalls[0]!.signal.aborted, true);

      const typed = await answered("foo", fork);
      await typed.type("x = y│\n");
      assert.equal(typed.backend.calls.length, 2, "nobody joins branches");
      assert.deepEqual(await typed.others, []);
      assert.equal(typed.backend.branchCalls[0]!.signal.aborted, true);
    });
  });

  it("forgets on demand what it knows for a place, and stops what is asked for it, but not what is known elsewhere", async () => {
    const { backend, completer, type } = setUp();
    const elsewhere = await type("a = │\nb = \n");
    backend.calls[0]!.answer(infill("0;"));
    await elsewhere.outcome;
    const { outcome } = await type("a = \nb = │\n");
    backend.calls[1]!.answer(infill("a + 1;"));
    await outcome;
    completer.forget(query("a = \nb = a │\n"));
    const anew = await type("a = \nb = a │\n");
    assert.equal(backend.calls.length, 3);
    completer.forget(query("a = \nb = a │\n"));
    assert.equal(backend.calls[2]!.signal.aborted, true);
    assert.equal(text(await anew.outcome), "none: superseded");
    const again = await type("a = \nb = a │\n");
    backend.calls[3]!.answer(infill("+ 2;"));
    assert.equal(text(await again.outcome), "+ 2;");
    // The older answer for a place before it is gone too: it says something else.
    await type("a = \nb = │\n");
    assert.equal(backend.calls.length, 5);
    assert.equal(text(await (await type("a = │\nb = \n")).outcome), "0;");
    assert.equal(backend.calls.length, 5);
  });

  it("asks anew in the region of what is shown, and shows what comes however unsure", async () => {
    for (const invoked of [false, true]) {
      const { backend, completer, type } = setUp();
      const settings = { ...query("│").settings, leastSureness: 0.9 };
      const place = "x = │\n";
      const asked = query(place, { settings, invoked: true });
      assert.equal(completer.shownBy(asked), undefined);
      const first = await type(place, { settings, invoked });
      backend.calls[0]!.answer(infill("foo();"));
      await first.outcome;
      const shownBy = completer.shownBy(asked);
      assert.equal(shownBy, invoked ? "key" : "typing");
      completer.forget(asked);
      const anew = await type(place, { settings, invoked: true, regionAsTyped: shownBy === "typing" });
      assert.equal(backend.calls[1]!.request.infill.region, invoked ? "lines" : "line");
      backend.calls[1]!.answer({ ...infill("bar();"), tokens: [{ text: "bar();", confidence: 0.1 }] });
      assert.equal(text(await anew.outcome), "bar();");
    }
  });

  it("forgets its answers and stops what runs on reset", async () => {
    const { backend, completer, type } = setUp();
    const first = await type("a = │");
    backend.calls[0]!.answer(infill("1"));
    await first.outcome;
    await type("b = │");
    completer.reset();
    assert.equal(backend.calls[1]!.signal.aborted, true);
    await type("a = │");
    assert.equal(backend.calls.length, 3);
  });
});
