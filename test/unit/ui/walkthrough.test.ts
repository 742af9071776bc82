import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { readTables } from "../../../scripts/l10n/bundles.mjs";
import { readManifest } from "../manifest";

interface Step {
  readonly id: string;
  readonly description: string;
  readonly media: { readonly image?: string; readonly markdown?: string; readonly altText?: string };
  readonly completionEvents: readonly string[];
}
interface Contributes {
  readonly commands: readonly { command: string; title: string }[];
  readonly walkthroughs: readonly { id: string; steps: readonly Step[] }[];
}

const ROOT = path.join(__dirname, "../../..");
const languages = [...readTables(ROOT, "package").keys()];
const contributesIn = (language: string): Contributes =>
  (readManifest(language === "en" ? undefined : language) as { contributes: Contributes }).contributes;
const { commands, walkthroughs } = contributesIn("en");
const steps = walkthroughs.flatMap((walkthrough) => walkthrough.steps);
const known = new Set(commands.map(({ command }) => command));
const read = (file: string): string => readFileSync(path.join(ROOT, file), "utf8");
const linked = (text: string): string[] => [...text.matchAll(/\(command:(unmask\.\w+)/g)].map((match) => match[1]!);

describe("the walkthrough", () => {
  it("is the one that its command opens", () => {
    assert.deepEqual(
      walkthroughs.map(({ id }) => id),
      ["getStarted"],
    );
    assert.ok(read("src/ui/walkthrough.ts").includes("#getStarted`"));
  });

  it("shows pictures that there are, with words for who can't see them, and texts in each language", () => {
    for (const { id, media } of steps) {
      if (media.image !== undefined) {
        assert.ok(existsSync(path.join(ROOT, media.image)), id);
        assert.ok((media.altText ?? "").length > 20, id);
        continue;
      }
      for (const language of languages) {
        const file = language === "en" ? media.markdown! : media.markdown!.replace(/\.md$/, `.nls.${language}.md`);
        assert.deepEqual(linked(read(file)), linked(read(media.markdown!)), file);
      }
    }
  });

  it("has buttons for commands that there are, under their titles, in each language", () => {
    for (const language of languages) {
      const { commands: titled, walkthroughs: worded } = contributesIn(language);
      for (const { id, description } of worded.flatMap((walkthrough) => walkthrough.steps))
        for (const [, title, command] of description.matchAll(/\[([^\]]+)\]\(command:([\w.]+)\)/g))
          assert.equal(titled.find((one) => one.command === command)?.title, title, `${language} ${id}`);
    }
    for (const { media } of steps)
      for (const command of linked(media.markdown === undefined ? "" : read(media.markdown))) assert.ok(known.has(command), command);
  });

  it("knows when each step is done, by commands that there are and contexts that are set", () => {
    const sources = readdirSync(path.join(ROOT, "src"), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => read(path.join("src", name)))
      .join("\n");
    for (const { id, completionEvents } of steps) {
      assert.ok(completionEvents.length > 0, id);
      for (const event of completionEvents) {
        const [kind, what] = event.split(":") as [string, string];
        if (kind === "onCommand") assert.ok(known.has(what), what);
        else assert.ok(kind === "onContext" && sources.includes(`markDone("${what}")`), event);
      }
    }
  });
});
