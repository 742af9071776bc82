import { element } from "./element";

/** What stands here before the first request: how to get one. */
export function emptyState(): HTMLElement {
  const masks = [7, 4, 9, 5].map((count) => {
    const line = Array.from({ length: count }, (_, index) => element("i", index % 3 === 1 ? "known" : ""));
    return element("div", "", { children: line });
  });
  return element("section", "empty", {
    label: "No trace yet",
    children: [
      element("div", "picture", { isHidden: true, children: masks }),
      element("h1", "", { text: "No denoising yet" }),
      element("p", "", { text: "Type in a file and pause until ghost text appears, or select code and run “Unmask: Fill Selection”." }),
      element("p", "", { text: "Each request then shows here, pass by pass, while the model turns masks into code." }),
    ],
  });
}
