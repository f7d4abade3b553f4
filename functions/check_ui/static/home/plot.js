/** Thirty days as stacked bars, one colour a model; the same figures as a table. */

import { useEffect, useRef, useState } from "preact/hooks";

import { html } from "../check/markup.js";
import { dayWords, steps } from "./figures.js";

const HEIGHT = 200;
const ABOVE = 10;
const BELOW = 22;
const LEFT = 52;
const RIGHT = 18; // half of the last day's name
const GAP = 0.22; // of a day's width
const LABELS_APART = 64; // pixels

/** @typedef {import("./series.js").Series} Series */
/**
 * @param {{title: string, total: string, days: string[], series: Series[], words: (value: number) => string,
 *   axis: (value: number) => string}} props
 */
export function Plot({ title, total, days, series, words, axis }) {
  const frame = useRef(/** @type {HTMLDivElement | null} */ (null));
  const [width, setWidth] = useState(480);
  const [chosen, setChosen] = useState(/** @type {number | null} */ (null));
  useEffect(() => {
    const seen = new ResizeObserver(([entry]) => entry && setWidth(Math.max(240, Math.floor(entry.contentRect.width))));
    if (frame.current) seen.observe(frame.current);
    return () => seen.disconnect();
  }, []);

  const sums = days.map((_, index) => series.reduce((sum, each) => sum + (each.values[index] ?? 0), 0));
  const lines = steps(Math.max(...sums));
  const top = lines.at(-1) ?? 1;
  const step = (width - LEFT - RIGHT) / days.length;
  const y = (/** @type {number} */ value) => ABOVE + (HEIGHT - ABOVE - BELOW) * (1 - value / top);
  const point = (/** @type {PointerEvent} */ event) => {
    const box = /** @type {Element} */ (event.currentTarget).getBoundingClientRect();
    const index = Math.floor((event.clientX - box.left - LEFT) / step);
    setChosen(index >= 0 && index < days.length ? index : null);
  };
  const highest = sums.indexOf(Math.max(...sums));
  const every = Math.ceil(LABELS_APART / step);
  return html`<figure class="card plot">
    <figcaption><h3>${title}</h3><p class="total">${total}</p></figcaption>
    <p class="chosen quiet">${chosen === null ? "Last 30 days, in UTC" : html`<b>${dayWords(days[chosen] ?? "")}</b> ${words(sums[chosen] ?? 0)}`}</p>
    <div ref=${frame}>
      <svg width=${width} height=${HEIGHT} viewBox=${`0 0 ${width} ${HEIGHT}`} role="img" onPointerMove=${point} onPointerDown=${point} onPointerLeave=${() => setChosen(null)}
        aria-label=${`${title} by day: the most, ${words(sums[highest] ?? 0)}, on ${dayWords(days[highest] ?? "")}. The table below has each day.`}>
        ${chosen !== null && html`<rect class="day" x=${LEFT + chosen * step} y=${ABOVE} width=${step} height=${HEIGHT - ABOVE - BELOW} />`}
        ${lines.map((value) => html`<g key=${value}><line x1=${LEFT} x2=${width - RIGHT} y1=${y(value)} y2=${y(value)} /><text x=${LEFT - 8} y=${y(value) + 4} class="at">${axis(value)}</text></g>`)}
        ${days.map((day, index) => html`<${Bar} key=${day} x=${LEFT + index * step + (step * GAP) / 2} width=${step * (1 - GAP)} parts=${series.map((each) => ({ colour: each.colour, value: each.values[index] ?? 0 }))} y=${y} />`)}
        ${days.map((day, index) => (days.length - 1 - index) % every === 0 && html`<text key=${day} x=${LEFT + (index + 0.5) * step} y=${HEIGHT - 6} class="middle">${dayWords(day)}</text>`)}
      </svg>
    </div>
    <ul class="legend">${series.map((each) => html`<li key=${each.name}><span class=${`swatch series-${each.colour}`}></span><bdi>${each.name}</bdi> <span class="quiet">${words(chosen === null ? each.total : (each.values[chosen] ?? 0))}</span></li>`)}</ul>
    <${DaysTable} title=${title} days=${days} series=${series} sums=${sums} words=${words} />
  </figure>`;
}

/** One day. @param {{x: number, width: number, parts: {colour: number, value: number}[], y: (value: number) => number}} props */
function Bar({ x, width, parts, y }) {
  let below = 0;
  return parts.filter((part) => part.value > 0).map((part) => {
    const from = y(below);
    below += part.value;
    return html`<rect class=${`series-${part.colour}`} x=${x} width=${width} y=${y(below)} height=${Math.max(from - y(below), 1)} />`;
  });
}

/** @param {{title: string, days: string[], series: Series[], sums: number[], words: (value: number) => string}} props */
function DaysTable({ title, days, series, sums, words }) {
  const used = days.map((day, index) => ({ day, index })).filter(({ index }) => (sums[index] ?? 0) > 0).reverse();
  return html`<details>
    <summary>As a table</summary>
    <div class="wide" tabindex="0" role="region" aria-label=${`${title} by day, as a table`}><table>
      <thead><tr><th scope="col">Day</th>${series.map((each) => html`<th scope="col" key=${each.name}><bdi>${each.name}</bdi></th>`)}${series.length > 1 && html`<th scope="col">All</th>`}</tr></thead>
      <tbody>${used.map(({ day, index }) => html`<tr key=${day}><th scope="row">${dayWords(day)}</th>${series.map((each) => html`<td key=${each.name}>${words(each.values[index] ?? 0)}</td>`)}${series.length > 1 && html`<td>${words(sums[index] ?? 0)}</td>`}</tr>`)}</tbody>
    </table></div>
    <p class="quiet">Days without a call are left out.</p>
  </details>`;
}
