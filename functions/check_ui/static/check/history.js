/** The versions of a record: who changed what, and the way back to each. */

import { useState } from "preact/hooks";

import { place as placeWords } from "./labels.js";
import { html } from "./markup.js";
import { textOf } from "./values.js";

const SHOWN = 8; // changes of one version

/**
 * @param {{
 *   history: import("./server.js").Version[], current: number | null, onBack: (version: number) => void,
 * }} props
 */
export function History({ history, current, onBack }) {
  const [open, setOpen] = useState(/** @type {number | null} */ (null));
  return html`<section class="card" aria-labelledby="group-history">
    <h2 id="group-history">History</h2>
    <ol class="history">${history.map((version) => html`<li key=${version.version}>
      <p><b>Version ${version.version}</b> <span class="quiet">${version.modified_by.replace("T", " ")} UTC · ${made(version)}</span>
        ${version.version === current ? html` <span class="quiet">· now</span>` : ""}</p>
      ${version.changes.length > 0 && html`<ul>${(open === version.version ? version.changes : version.changes.slice(0, SHOWN)).map((change) => html`<li>
        ${placeWords(change.field, change.item, change.cell)}: ${changeWords(change)}</li>`)}</ul>`}
      ${version.changes.length > SHOWN && open !== version.version && html`<button type="button" class="link" onClick=${() => setOpen(version.version)}>${version.changes.length - SHOWN} more</button>`}
      ${version.changed > version.changes.length && open === version.version && html`<p class="quiet">and ${version.changed - version.changes.length} further changes</p>`}
      ${version.version !== current && version.status === "OK" && html`<button type="button" class="link" onClick=${() => onBack(version.version)}>Bring these values back</button>`}
    </li>`)}</ol>
  </section>`;
}

/** @param {import("./server.js").Version} version */
function made(version) {
  if (!version.corrected) return version.status === "OK" ? "read from the PDF" : "could not be read";
  const who = version.by ? `by user ${version.by}` : "by a person";
  return version.manual_verified === "Y" ? `verified ${who}` : `corrected ${who}`;
}

/** @param {import("./server.js").Version["changes"][number]} change */
function changeWords(change) {
  if (change.item !== null && !change.cell) return html`removed (<bdi>${textOf(change.old)}</bdi>)`;
  if (change.cell === null && change.item === null && (change.field === "items" || change.field === "taxes")) return "in another order";
  return html`<bdi>${textOf(change.old) || "empty"}</bdi> → <bdi>${textOf(change.new) || "empty"}</bdi>`;
}
