import { lastIndex, type ViewAction, type ViewState } from "./viewState";

/** What a key does in the page, where no control of its own takes it; undefined for any other key. */
export function keyAction(key: string, state: ViewState): ViewAction | undefined {
  switch (key) {
    case "ArrowLeft":
    case ",":
      return { type: "stepBy", count: -1 };
    case "ArrowRight":
    case ".":
      return { type: "stepBy", count: 1 };
    case "Home":
      return { type: "goTo", index: 0 };
    case "End":
      return { type: "goTo", index: lastIndex(state) };
    case " ":
    case "k":
      return { type: "togglePlay" };
    case "l":
      return { type: "setLive", isLive: !state.isLive };
    default:
      return undefined;
  }
}
