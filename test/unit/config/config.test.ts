import assert from "node:assert/strict";
import fc from "fast-check";
import { DEFAULT_SETTINGS, isLanguageOn, LIMITS, readSettings, type Settings } from "../../../src/config";
import { readManifest } from "../manifest";

interface Declared {
  readonly type: string | readonly string[];
  readonly default: unknown;
  readonly description?: string;
  readonly markdownDescription?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly unknown[];
  readonly enumDescriptions?: readonly string[];
  readonly scope?: string;
}

const declaredIn = (language?: string): Record<string, Declared> =>
  (readManifest(language) as { contributes: { configuration: { properties: Record<string, Declared> } } }).contributes.configuration
    .properties;
const declared = declaredIn();
const textOf = ({ description, markdownDescription }: Declared): string => description ?? markdownDescription ?? "";
const read = (raw: Partial<Record<keyof Settings, unknown>>): Settings => readSettings((key) => raw[key]);

describe("settings", () => {
  it("are in package.json and in config.ts the same, with the same defaults and limits", () => {
    const defaults = Object.fromEntries(Object.entries(declared).map(([key, setting]) => [key.replace(/^unmask\./, ""), setting.default]));
    assert.deepEqual(defaults, DEFAULT_SETTINGS);
    const limits = Object.entries(declared)
      .filter(([, { minimum, maximum }]) => minimum !== undefined || maximum !== undefined)
      .map(([key, { minimum, maximum }]) => [key.replace(/^unmask\./, ""), [minimum, maximum]]);
    assert.deepEqual(Object.fromEntries(limits), LIMITS);
  });
  it("each have a description and a scope, and those that name files the machine's", () => {
    for (const [key, setting] of Object.entries(declared)) {
      assert.ok(textOf(setting).length > 20, key);
      assert.ok(setting.scope, key);
      if (/path|file/i.test(key)) assert.equal(setting.scope, "machine", key);
    }
  });
  it("are described in German too: in other words, of each value too, and with the same names of settings", () => {
    const names = (text: string): string => (text.match(/#[\w.]+#|`[^`]+`/g) ?? []).join();
    for (const [key, german] of Object.entries(declaredIn("de"))) {
      const pairs = [
        [textOf(declared[key]!), textOf(german)],
        ...(german.enumDescriptions ?? []).map((text, index) => [declared[key]!.enumDescriptions![index]!, text]),
      ] as [string, string][];
      for (const [english, text] of pairs) {
        assert.notEqual(text, english, key);
        assert.equal(names(text), names(english), key);
      }
    }
  });
  it("read as declared where each value is one that package.json allows", () => {
    for (const [key, setting] of Object.entries(declared)) {
      const name = key.replace(/^unmask\./, "") as keyof Settings;
      for (const value of setting.enum ?? []) assert.equal(read({ [name]: value })[name], value);
      if (setting.maximum !== undefined) assert.equal(read({ [name]: setting.maximum })[name], setting.maximum);
    }
  });
  it("are the defaults where nothing is set", () => assert.deepEqual(read({}), DEFAULT_SETTINGS));
  it("are the nearest allowed number where a number is out of bounds, and whole", () => {
    assert.equal(read({ deadlineMs: -5 }).deadlineMs, 100);
    assert.equal(read({ deadlineMs: 1e9 }).deadlineMs, 60_000);
    assert.equal(read({ blockSize: 7.6 }).blockSize, 8);
    assert.equal(read({ maxTokens: Number.NaN }).maxTokens, 96);
  });
  it("are defined whatever a settings file holds (1,000 random ones)", () => {
    const keys = Object.keys(DEFAULT_SETTINGS) as (keyof Settings)[];
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...keys), fc.anything()), (raw) => {
        const settings = read(raw);
        for (const key of keys) {
          if (key === "blockSize") assert.ok(settings[key] === null || (settings[key] >= 1 && settings[key] <= 32));
          else if (key === "leastSureness") assert.ok(settings[key] === null || (settings[key] >= 0 && settings[key] <= 100));
          else assert.equal(typeof settings[key], typeof DEFAULT_SETTINGS[key], key);
        }
        assert.ok(settings.exclude.every((glob) => typeof glob === "string"));
        assert.equal(typeof isLanguageOn(settings, "python"), "boolean");
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("isLanguageOn", () => {
  it("asks the language's own switch first, then that of all others", () => {
    const settings = read({ languages: { "*": false, python: true } });
    assert.equal(isLanguageOn(settings, "python"), true);
    assert.equal(isLanguageOn(settings, "typescript"), false);
    assert.equal(isLanguageOn(read({ languages: {} }), "typescript"), true);
    assert.equal(isLanguageOn(read({}), "plaintext"), false);
    assert.equal(isLanguageOn(read({}), "constructor"), true);
  });
});
