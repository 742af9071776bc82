import type { Workbench } from "./workbench";

/** Keeps a picture of what was to be seen where a test of the suite has failed, and shows the log's end. Call inside `describe`. */
export function pictureFailures(workbench: () => Workbench | undefined): void {
  afterEach(async function () {
    if (this.currentTest?.state !== "failed") return;
    console.log(workbench()?.log("Unmask.log").split("\n").slice(-12).join("\n"));
    await workbench()?.screenshot(`failed-${this.currentTest.title.replace(/\W+/g, "-").slice(0, 60)}`);
  });
}
