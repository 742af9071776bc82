import * as l10n from "@vscode/l10n";
import type { UsageSummary } from "../../src/usage/usageSummary";
import { axisEnd } from "./plotScale";
import { countWords, dayWords } from "./words";

const SVG = "http://www.w3.org/2000/svg";
/** In the drawing's own units. */
const [WIDTH, HEIGHT, LEFT, TOP, BOTTOM] = [720, 190, 48, 12, 24];

/** Bars of accepted characters a day. For the eye, and one sentence: the table beside it has the numbers. */
export function dayPlot(days: UsageSummary["days"]): SVGElement {
  const end = axisEnd(days.map(({ acceptedChars }) => acceptedChars));
  const height = HEIGHT - TOP - BOTTOM;
  const step = (WIDTH - LEFT) / days.length;
  const yOf = (value: number): number => TOP + height * (1 - value / end);
  const best = days.reduce((most, day) => (day.acceptedChars > most.acceptedChars ? day : most));
  const plot = svg("svg", {
    class: "plot",
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    role: "img",
    "aria-label": l10n.t(
      "Accepted characters a day, last {0} days; most on {1}: {2}",
      days.length,
      dayWords(best.day),
      countWords(best.acceptedChars),
    ),
  });
  for (const value of [0, end / 2, end]) {
    const y = yOf(value);
    plot.append(svg("line", { class: "rule", x1: LEFT, x2: WIDTH, y1: y, y2: y }));
    plot.append(svg("text", { class: "axis", x: LEFT - 8, y: y + 4, "text-anchor": "end" }, countWords(value)));
  }
  for (const [index, { day, acceptedChars, offers }] of days.entries()) {
    const x = LEFT + index * step;
    const y = yOf(acceptedChars);
    // A day on which something was accepted is to be seen, however little.
    const barHeight = acceptedChars === 0 ? 0 : Math.max(2, yOf(0) - y);
    const bar = svg("rect", { class: "day", x: x + step * 0.15, width: step * 0.7, y: yOf(0) - barHeight, height: barHeight, rx: 1.5 });
    bar.append(
      svg("title", {}, l10n.t("{0}: {1} characters, {2} suggestions", dayWords(day), countWords(acceptedChars), countWords(offers))),
    );
    plot.append(bar);
    if ((days.length - 1 - index) % 7 === 0)
      plot.append(
        svg(
          "text",
          { class: "axis", x: x + step / 2, y: HEIGHT - 6, "text-anchor": index === days.length - 1 ? "end" : "middle" },
          dayWords(day),
        ),
      );
  }
  return plot;
}

function svg(tag: string, attributes: Readonly<Record<string, string | number>>, text?: string): SVGElement {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  if (text !== undefined) made.textContent = text;
  return made;
}
