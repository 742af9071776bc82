import * as l10n from "@vscode/l10n";
import { commandName } from "../../src/words/commandName";
import { element } from "./element";

/** What stands here before the first request: how to get one. */
export function emptyState(): HTMLElement {
  const masks = [7, 4, 9, 5].map((count) => {
    const line = Array.from({ length: count }, (_, index) => element("i", index % 3 === 1 ? "known" : ""));
    return element("div", "", { children: line });
  });
  return element("section", "empty", {
    label: l10n.t("No trace yet"),
    children: [
      element("div", "picture", { isHidden: true, children: masks }),
      element("h1", "", { text: l10n.t("No denoising yet") }),
      element("p", "", {
        text: l10n.t("Type in a file and pause until ghost text appears, or select code and run {0}.", commandName("fillSelection")),
      }),
      element("p", "", { text: l10n.t("Each request then shows here, pass by pass, while the model turns masks into code.") }),
    ],
  });
}
