import type { Page } from "playwright-core";

/** Notes the ghost text of every frame, once for as long as it stays the same. */
const START = `
  const film = (globalThis.unmaskFilm = { frames: [], runs: true });
  const shoot = () => {
    const parts = [...document.querySelectorAll(".view-lines .ghost-text-decoration, .view-lines .ghost-text-decoration-preview, .view-lines .ghost-text")];
    const text = parts.map((part) => part.textContent).join("").replaceAll("\\u00a0", " ");
    if (film.frames.at(-1) !== text) film.frames.push(text);
    if (film.runs) requestAnimationFrame(shoot);
  };
  shoot();
`;

/** What is to be seen of the ghost text's first line, frame by frame, while the work goes on. */
export async function filmGhostText(page: Page, work: () => Promise<void>): Promise<string[]> {
  await page.evaluate(START);
  try {
    await work();
  } finally {
    await page.evaluate("globalThis.unmaskFilm.runs = false");
  }
  return page.evaluate<string[]>("globalThis.unmaskFilm.frames");
}
