/** The colours that VS Code's default themes give a webview, as far as the trace page asks for them. */
export type ThemeName = "dark" | "light" | "highContrast" | "highContrastLight";

const font = `--vscode-font-family: system-ui, "DejaVu Sans", sans-serif; --vscode-font-size: 13px;
  --vscode-editor-font-family: "Liberation Mono", "DejaVu Sans Mono", monospace; --vscode-editor-font-size: 14px;`;

export const THEMES: Record<ThemeName, { readonly bodyClass: string; readonly css: string }> = {
  dark: {
    bodyClass: "vscode-dark",
    css: `:root { color-scheme: dark; ${font}
  --vscode-foreground: #cccccc; --vscode-editor-foreground: #cccccc; --vscode-editor-background: #1f1f1f; --vscode-focusBorder: #0078d4;
  --vscode-charts-green: #89d185; --vscode-charts-yellow: #cca700; --vscode-charts-orange: #d18616; --vscode-charts-red: #f14c4c; --vscode-charts-purple: #b180d7;
  --vscode-editorLineNumber-foreground: #6e7681; --vscode-editorHoverWidget-background: #202020; --vscode-editorHoverWidget-border: #454545;
  --vscode-editorHoverWidget-foreground: #cccccc; --vscode-widget-shadow: rgba(0, 0, 0, 0.36); --vscode-list-hoverBackground: #2a2d2e;
  --vscode-toolbar-hoverBackground: rgba(90, 93, 94, 0.31); --vscode-dropdown-background: #313131; --vscode-dropdown-foreground: #cccccc; }`,
  },
  light: {
    bodyClass: "vscode-light",
    css: `:root { color-scheme: light; ${font}
  --vscode-foreground: #3b3b3b; --vscode-editor-foreground: #3b3b3b; --vscode-editor-background: #ffffff; --vscode-focusBorder: #005fb8;
  --vscode-charts-green: #388a34; --vscode-charts-yellow: #bf8803; --vscode-charts-orange: #d18616; --vscode-charts-red: #e51400; --vscode-charts-purple: #652d90;
  --vscode-editorLineNumber-foreground: #6e7681; --vscode-editorHoverWidget-background: #f8f8f8; --vscode-editorHoverWidget-border: #c8c8c8;
  --vscode-editorHoverWidget-foreground: #3b3b3b; --vscode-widget-shadow: rgba(0, 0, 0, 0.16); --vscode-list-hoverBackground: #f2f2f2;
  --vscode-toolbar-hoverBackground: rgba(184, 184, 184, 0.31); --vscode-dropdown-background: #ffffff; --vscode-dropdown-foreground: #3b3b3b; }`,
  },
  highContrast: {
    bodyClass: "vscode-high-contrast",
    css: `:root { color-scheme: dark; ${font}
  --vscode-foreground: #ffffff; --vscode-editor-foreground: #ffffff; --vscode-editor-background: #000000; --vscode-focusBorder: #f38518;
  --vscode-contrastBorder: #6fc3df; --vscode-contrastActiveBorder: #f38518;
  --vscode-charts-green: #89d185; --vscode-charts-yellow: #cca700; --vscode-charts-orange: #d18616; --vscode-charts-red: #f14c4c; --vscode-charts-purple: #b180d7;
  --vscode-editorLineNumber-foreground: #ffffff; --vscode-editorHoverWidget-background: #0c141f; --vscode-editorHoverWidget-border: #6fc3df;
  --vscode-editorHoverWidget-foreground: #ffffff; --vscode-dropdown-background: #000000; --vscode-dropdown-foreground: #ffffff; }`,
  },
  highContrastLight: {
    bodyClass: "vscode-high-contrast-light",
    css: `:root { color-scheme: light; ${font}
  --vscode-foreground: #292929; --vscode-editor-foreground: #292929; --vscode-editor-background: #ffffff; --vscode-focusBorder: #006bbd;
  --vscode-contrastBorder: #0f4a85; --vscode-contrastActiveBorder: #006bbd;
  --vscode-charts-green: #374e06; --vscode-charts-yellow: #895503; --vscode-charts-orange: #904a02; --vscode-charts-red: #b5200d; --vscode-charts-purple: #652d90;
  --vscode-editorLineNumber-foreground: #292929; --vscode-editorHoverWidget-background: #ffffff; --vscode-editorHoverWidget-border: #0f4a85;
  --vscode-editorHoverWidget-foreground: #292929; --vscode-dropdown-background: #ffffff; --vscode-dropdown-foreground: #292929; }`,
  },
};
