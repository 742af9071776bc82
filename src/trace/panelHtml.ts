import { ENGLISH, type UiLanguage } from "../words/uiLanguage";

export interface PanelSources {
  /** `Webview.cspSource` */
  readonly cspSource: string;
  readonly scriptUri: string;
  readonly styleUri: string;
  /** new for each page; letters and digits */
  readonly nonce: string;
  readonly title: string;
  /** the id of the element in which the script builds; letters */
  readonly rootId: string;
  /** absent: English */
  readonly language?: UiLanguage;
}

/** A panel's page: one script, one style sheet, and nothing else may load, so that its words come along. The script builds what is seen. */
export function panelHtml({ cspSource, scriptUri, styleUri, nonce, title, rootId, language = ENGLISH }: PanelSources): string {
  const policy = `default-src 'none'; style-src ${cspSource}; script-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'`;
  return `<!DOCTYPE html>
<html lang="${attribute(language.tag)}">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${attribute(policy)}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${attribute(title)}</title>
    <link rel="stylesheet" href="${attribute(styleUri)}" />
  </head>
  <body>
    <main id="${attribute(rootId)}"${words(language)}></main>
    <script nonce="${attribute(nonce)}" src="${attribute(scriptUri)}"></script>
  </body>
</html>
`;
}

function words({ bundle }: UiLanguage): string {
  return Object.keys(bundle).length === 0 ? "" : ` data-words="${attribute(JSON.stringify(bundle))}"`;
}

function attribute(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
