/** Two sources that contradict each other, side by side, each to be taken by one press. */

import { html } from "./markup.js";
import { readPrinted } from "./printed.js";
import { textOf, tidied } from "./values.js";

/** @type {Record<string, string>} */
const SOURCES = { xml: "XML", qr: "QR code", page: "page", read: "read" };

/**
 * Nothing where the reason is no contradiction.
 * @param {{reason: import("./server.js").Reason, kind: string, text: string, label: string, onTake: (text: string) => void}} props
 */
export function Sides({ reason, kind, text, label, onTake }) {
  if (!reason.sides?.length) return null;
  return html`<div class="contradiction">${reason.sides.map((side) => {
    const source = SOURCES[side.source] ?? side.source;
    const value = textOf(side.value);
    const tidy = tidied(kind, readPrinted(kind, value, "."));
    const stands = tidy.text === text;
    return html`<button type="button" key=${source} disabled=${stands || !tidy.text || Boolean(tidy.problem)}
      onClick=${() => onTake(tidy.text)}><span class="unseen">${label}: </span><span class="quiet">${source}</span> <b><bdi>${value}</bdi></b>${stands ? " – in the form" : " – take this one"}</button>`;
  })}</div>`;
}
