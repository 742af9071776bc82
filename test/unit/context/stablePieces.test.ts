import assert from "node:assert/strict";
import fc from "fast-check";
import { MOST_PIECES, type ChosenPiece } from "../../../src/context/chooseRelated";
import { ENOUGH_CHARS, LITTLE_CHARS, StablePieces, type PiecesPlace } from "../../../src/context/stablePieces";

function piece(name: string): ChosenPiece {
  return { path: `${name}.ts`, text: `def ${name}\n`, name, isNear: true, recently: undefined, source: "open" };
}
const at: PiecesPlace = { line: 3, beforeChars: 100, imports: "import a", epoch: 1 };
const names = (pieces: readonly ChosenPiece[] | undefined): string => (pieces ?? []).map(({ name }) => name).join();

describe("stable pieces", () => {
  const place = fc.record({
    line: fc.nat(100),
    beforeChars: fc.nat(3_000),
    imports: fc.constantFrom("", "import a", "import b"),
    epoch: fc.nat(3),
  });
  const chosen = fc.uniqueArray(fc.constantFrom("a", "b", "c", "d", "e").map(piece), {
    maxLength: MOST_PIECES,
    selector: ({ name }) => name,
  });

  it("are the same array from key to key in a line, whatever would be chosen now and wherever the cursor was before", () => {
    const earlier = fc.array(fc.tuple(place, chosen), { maxLength: 10 });
    fc.assert(
      fc.property(earlier, place, fc.array(chosen, { minLength: 2, maxLength: 8 }), (before, here, choices) => {
        const stable = new StablePieces();
        for (const [there, pieces] of before) stable.at("a", there, () => pieces);
        const first = stable.at("a", here, () => choices[0]!);
        for (const pieces of choices) assert.equal(stable.at("a", here, () => pieces), first); // prettier-ignore
      }),
      { numRuns: 1_000 },
    );
  });

  it("only grow at their end from line to line, never beyond the most, while the place and the imports stay", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(30), chosen), { minLength: 1, maxLength: 12 }), (moves) => {
        const stable = new StablePieces();
        let last: readonly ChosenPiece[] = [];
        for (const [line, pieces] of moves) {
          const now = stable.at("a", { ...at, line }, () => pieces)!;
          assert.deepEqual(now.slice(0, last.length), last);
          assert.ok(now.length <= MOST_PIECES);
          assert.equal(new Set(now.map(({ name }) => name)).size, now.length);
          if (now.length === last.length && last.length > 0) assert.equal(now, last);
          last = now;
        }
      }),
    );
  });

  it("are chosen anew far away, or where the imports are others; and stay the same array where the choice is", () => {
    const stable = new StablePieces();
    const first = stable.at("a", at, () => [piece("x"), piece("y")]);
    assert.equal(names(stable.at("a", { ...at, line: 20 }, () => [piece("y")])), "x,y");
    assert.equal(
      stable.at("a", { ...at, imports: "import b" }, () => [piece("x"), piece("y")]),
      first,
    );
    assert.equal(names(stable.at("a", { ...at, imports: "import c" }, () => [piece("z")])), "z");
    assert.equal(names(stable.at("a", { ...at, imports: "import c", line: 60 }, () => [piece("w")])), "w");
  });

  it("come late once, where the files had not been read when they were first chosen", () => {
    const stable = new StablePieces();
    assert.equal(names(stable.at("a", at, () => [])), "");
    assert.equal(names(stable.at("a", at, () => [piece("x")])), "");
    assert.equal(names(stable.at("a", { ...at, epoch: 2 }, () => [piece("x")])), "x");
    assert.equal(names(stable.at("a", { ...at, epoch: 3 }, () => [piece("y")])), "x");
  });

  it("come late too behind what nothing near the cursor names", () => {
    const stable = new StablePieces();
    const spare = { ...piece("edited"), isNear: false };
    assert.equal(names(stable.at("a", at, () => [spare])), "edited");
    assert.equal(names(stable.at("a", { ...at, epoch: 2 }, () => [piece("x"), spare])), "edited,x");
    assert.equal(names(stable.at("a", { ...at, epoch: 3 }, () => [piece("y")])), "edited,x");
  });

  it("are none where the file says enough, later where it had some", () => {
    const stable = new StablePieces();
    assert.equal(
      stable.at("a", { ...at, beforeChars: LITTLE_CHARS }, () => [piece("x")]),
      undefined,
    );
    stable.at("a", at, () => [piece("x")]);
    assert.equal(names(stable.at("a", { ...at, beforeChars: ENOUGH_CHARS - 1 }, () => [])), "x");
    assert.equal(
      stable.at("a", { ...at, beforeChars: ENOUGH_CHARS }, () => []),
      undefined,
    );
    assert.equal(
      stable.at("b", { ...at, beforeChars: LITTLE_CHARS }, () => [piece("x")]),
      undefined,
    );
  });

  it("are not asked for with each key", () => {
    const stable = new StablePieces();
    let asked = 0;
    for (let key = 0; key < 50; key++) stable.at("a", at, () => (asked++, []));
    assert.equal(asked, 1);
  });
});
