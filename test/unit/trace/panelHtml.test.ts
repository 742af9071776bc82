import assert from "node:assert/strict";
import { panelHtml } from "../../../src/trace/panelHtml";

const sources = {
  cspSource: "https://panel.test",
  scriptUri: "https://panel.test/trace.js",
  styleUri: "https://panel.test/trace.css",
  nonce: "abc123",
  title: "Trace <1>",
  rootId: "trace",
};

describe("panelHtml", () => {
  it("lets only the script with the nonce run, and only its own style sheet apply", () => {
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(panelHtml(sources))?.[1];
    assert.deepEqual(policy?.split("; "), [
      "default-src 'none'",
      "style-src https://panel.test",
      "script-src 'nonce-abc123'",
      "base-uri 'none'",
      "form-action 'none'",
    ]);
  });

  it("holds one script and no style or handler of its own", () => {
    const html = panelHtml(sources);
    assert.equal(html.match(/<script/g)?.length, 1);
    assert.doesNotMatch(html, /<style|style=|\son\w+=/);
  });

  it("has its title, and the element in which its script builds", () => {
    assert.ok(panelHtml(sources).includes("<title>Trace &lt;1></title>"));
    assert.ok(panelHtml(sources).includes('<main id="trace"></main>'));
  });

  it("is English, without words of its own, where no language is given", () => {
    assert.ok(panelHtml(sources).includes('<html lang="en">'));
    assert.doesNotMatch(panelHtml(sources), /data-words/);
  });

  it("brings the words of another language along, whatever they hold", () => {
    const bundle = { "run {0}": '"a" & <b>' };
    const html = panelHtml({ ...sources, language: { tag: "de", bundle } });
    assert.ok(html.includes('<html lang="de">'));
    const words = /<main id="trace" data-words="([^"]*)">/.exec(html)?.[1];
    assert.doesNotMatch(words ?? "<", /</);
    const unescaped = words!.replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&amp;", "&");
    assert.deepEqual(JSON.parse(unescaped), bundle);
  });

  it("keeps a path with quotes inside its attribute", () => {
    const html = panelHtml({ ...sources, scriptUri: 'https://panel.test/"><b>/trace.js' });
    assert.ok(html.includes('src="https://panel.test/&quot;>&lt;b>/trace.js"'));
  });
});
