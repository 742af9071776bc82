import assert from "node:assert/strict";
import fc from "fast-check";
import { DeclaredNames } from "../../../../src/context/declarations/declaredNames";

const PLACE = { id: "file:///b.ts", line: 3 };
const MINUTE = 60_000;

describe("what language servers answered", () => {
  it("is not asked for again soon, where nothing was said within a minute, and a place not at all while nothing has changed", () => {
    const names = new DeclaredNames();
    assert.equal(names.mayAsk("a", "import x", "loadUser", 0), true);
    names.note("a", "loadUser", PLACE, 0);
    names.note("a", "nowhere", undefined, 0);
    for (const name of ["loadUser", "nowhere"]) assert.equal(names.mayAsk("a", "import x", name, 3_999), false);
    assert.equal(names.mayAsk("a", "import x", "loadUser", MINUTE), false);
    // A server that starts knows nothing yet.
    let nowMs = 0;
    for (const waitMs of [4_000, 8_000, 16_000, 32_000, MINUTE, MINUTE]) {
      assert.equal(names.mayAsk("a", "import x", "nowhere", nowMs + waitMs - 1), false);
      nowMs += waitMs;
      assert.equal(names.mayAsk("a", "import x", "nowhere", nowMs), true);
      names.note("a", "nowhere", undefined, nowMs);
    }
    assert.equal(names.mayAsk("a", "import x", "loadUser", 100 * MINUTE), false);
    assert.deepEqual(names.placesOf("a"), [{ name: "loadUser", place: PLACE }]);
    assert.deepEqual(names.placesOf("b"), []);
  });

  it("is asked for again at once where the document's imports are others, and holds until then", () => {
    const names = new DeclaredNames();
    names.mayAsk("a", "import x", "loadUser", 0);
    names.note("a", "loadUser", PLACE, 0);
    assert.equal(names.mayAsk("a", "import y", "loadUser", 1), true);
    assert.deepEqual(names.placesOf("a"), [{ name: "loadUser", place: PLACE }]);
    names.note("a", "loadUser", undefined, 1);
    assert.deepEqual(names.placesOf("a"), []);
  });

  it("is asked for again after a minute where the place's file has changed since it was read first", () => {
    const names = new DeclaredNames();
    names.mayAsk("a", "", "loadUser", 0);
    names.note("a", "loadUser", PLACE, 0);
    names.noteRead("a", "loadUser", "1");
    names.noteRead("a", "loadUser", "1");
    assert.equal(names.mayAsk("a", "", "loadUser", 2 * MINUTE), false);
    names.noteRead("a", "loadUser", "2");
    names.noteRead("a", "loadUser", "1");
    assert.equal(names.mayAsk("a", "", "loadUser", MINUTE - 1), false);
    assert.equal(names.mayAsk("a", "", "loadUser", MINUTE), true);
    names.note("a", "loadUser", PLACE, MINUTE);
    names.noteRead("a", "loadUser", "2");
    assert.equal(names.mayAsk("a", "", "loadUser", 9 * MINUTE), false);
  });

  it("is asked for more and more seldom, a place once a minute, while the imports stay, whatever is answered and read", () => {
    const step = fc.record({
      name: fc.constantFrom("alpha", "bravo"),
      place: fc.option(fc.constant(PLACE), { nil: undefined }),
      version: fc.constantFrom("1", "2"),
      afterMs: fc.oneof(fc.nat(10_000), fc.nat(2 * MINUTE)),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const names = new DeclaredNames();
        const asked = new Map<string, { readonly atMs: number; readonly waitMs: number }>();
        let nowMs = 0;
        for (const { name, place, version, afterMs } of steps) {
          nowMs += afterMs;
          names.noteRead("a", name, version);
          if (!names.mayAsk("a", "", name, nowMs)) continue;
          const last = asked.get(name);
          if (last !== undefined) assert.ok(nowMs - last.atMs >= last.waitMs);
          const isFirstRefusal = last === undefined || names.hasPlace("a", name);
          const waitMs = place !== undefined ? MINUTE : isFirstRefusal ? 4_000 : Math.min(MINUTE, 2 * last.waitMs);
          asked.set(name, { atMs: nowMs, waitMs });
          names.note("a", name, place, nowMs);
          assert.equal(names.hasPlace("a", name), place !== undefined);
        }
      }),
    );
  });

  it("is bounded: the documents and names of long ago go first", () => {
    const names = new DeclaredNames();
    for (let document = 0; document < 20; document++) {
      names.mayAsk(String(document), "", "name", 0);
      for (let name = 0; name < 100; name++) names.note(String(document), `name${name}`, { id: "b", line: name }, 0);
    }
    assert.equal(names.placesOf("19").length, 64);
    assert.equal(names.placesOf("19")[0]!.name, "name99");
    assert.deepEqual([names.placesOf("0").length, names.placesOf("12").length], [0, 64]);
  });
});
