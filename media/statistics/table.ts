import { element } from "../trace/element";

/** A table with a caption; the first column names the row. */
export function table(caption: string, heads: readonly string[], rows: readonly (readonly string[])[]): HTMLTableElement {
  const head = element("tr", "", { children: heads.map((text) => headCell(text, "col")) });
  const body = rows.map(([name = "", ...cells]) =>
    element("tr", "", { children: [headCell(name, "row"), ...cells.map((text) => element("td", "", { text }))] }),
  );
  return element("table", "", {
    children: [
      element("caption", "", { text: caption }),
      element("thead", "", { children: [head] }),
      element("tbody", "", { children: body }),
    ],
  });
}

function headCell(text: string, scope: "col" | "row"): HTMLTableCellElement {
  const cell = element("th", "", { text });
  cell.scope = scope;
  return cell;
}
