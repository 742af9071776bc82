import type { Workbench } from "./workbench";

/** "Show Context of Last Completion" as text. It is longer than the screen: it is read page by page. */
export async function shownReport(workbench: Workbench): Promise<string> {
  await workbench.command("Unmask: Show Context of Last Completion");
  await workbench.page.locator('.tab.active[data-resource-name="Context of Last Completion.md"]').waitFor();
  const lines = workbench.page.locator(".editor-group-container.active .view-lines");
  const parts: string[] = [];
  await workbench.press("Control+Home");
  for (let page = 0; page < 6; page++) {
    // Each page's lines are drawn a moment after the key.
    await workbench.page.waitForTimeout(300);
    parts.push((await lines.first().innerText()).replaceAll("\u00a0", " "));
    await workbench.press("PageDown");
  }
  return parts.join("\n");
}
