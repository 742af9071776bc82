/** Settings that keep VS Code itself still, so that what moves is ours. */
export const QUIET_SETTINGS: Readonly<Record<string, unknown>> = {
  "workbench.startupEditor": "none",
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  "extensions.autoUpdate": false,
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  // The chat's own inline completions would race ours; extensions' completions stay on.
  "chat.disableAIFeatures": true,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "files.hotExit": "off",
  // In a browser files save themselves by default.
  "files.autoSave": "off",
  "git.enabled": false,
};

/** What of the editor's own help would cover ghost text or write beside it. */
export const STILL_EDITOR: Readonly<Record<string, unknown>> = {
  "editor.quickSuggestions": { other: "off", comments: "off", strings: "off" },
  "editor.wordBasedSuggestions": "off",
  "editor.autoClosingBrackets": "never",
};

/** For what VS Code gives no key, and which its palette, having taken the focus, can't do. */
export const KEYBINDINGS: readonly object[] = [
  { key: "ctrl+alt+l", command: "editor.action.inlineSuggest.acceptNextLine", when: "inlineSuggestionVisible" },
];
