/** The record as a file for another program. */

import { html } from "./markup.js";
import { partUrl } from "./setup.js";

const FORMATS = [
  ["xlsx", "Excel"],
  ["csv", "CSV"],
  ["json", "JSON"],
  ["ubl", "UBL 2.1 XML"],
  ["tally", "Tally XML"],
];

/** @param {{disabled: boolean}} props */
export function Export({ disabled }) {
  if (disabled) return null;
  const close = (/** @type {any} */ event) => event.currentTarget.closest("details").removeAttribute("open");
  return html`<details class="menu">
    <summary>Export</summary>
    <ul>${FORMATS.map(([format, name]) => html`<li key=${format}><a href=${`${partUrl("/check/data/")}&format=${format}`} download onClick=${close}>${name}</a></li>`)}</ul>
  </details>`;
}
