import assert from "node:assert/strict";
import fc from "fast-check";
import { unknownNames } from "../../../src/context/unknownNames";

const none: (name: string) => boolean = () => false;

/** The names that are chosen in a text with the cursor at `│`. */
function asked(marked: string, isKnown = none, most = 4): string[] {
  const [before, after] = marked.split("│") as [string, string];
  return unknownNames(before, after, isKnown, most).map(({ name }) => name);
}

describe("names worth a question", () => {
  it("are those near the cursor, the nearest first, each once, without keywords and without what is known", () => {
    assert.deepEqual(asked("const user = loadUser(row, loadUser); return parse(│)\nsaved()"), ["parse", "loadUser", "user", "saved"]);
    assert.deepEqual(
      asked("loadUser(parse(│", (name) => name === "parse"),
      ["loadUser"],
    );
    assert.deepEqual(asked("one(alpha, bravo, charlie, delta, echo1│", none, 2), ["delta", "charlie"]);
  });

  it("are not what is being written: another key makes it another name", () => {
    assert.deepEqual(asked("loadUser(pars│"), ["loadUser"]);
    assert.deepEqual(asked("loadUser(abc│pars"), ["loadUser"]);
    assert.deepEqual(asked("loadUser(│pars"), ["loadUser", "pars"]);
    assert.deepEqual(asked("pars(pars│"), ["pars"]);
  });

  it("stand where it is said, whatever the text", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", "_", "1", " ", "(", "\n", "\r\n", "é", "🙂"), maxLength: 1_500 });
    fc.assert(
      fc.property(text, text, fc.nat(6), (before, after, most) => {
        const places = unknownNames(before, after, none, most);
        assert.ok(places.length <= most);
        assert.equal(new Set(places.map(({ name }) => name)).size, places.length);
        for (const { name, offset } of places) {
          assert.equal((before + after).slice(before.length + offset, before.length + offset + name.length), name);
          assert.ok(name.length >= 4 && offset + name.length !== 0 && !(offset === 0 && /\w$/.test(before)));
        }
      }),
    );
  });
});
