/** Signs of the tools, drawn in the text's colour. */

import { html } from "./markup.js";

/** @type {Record<string, string>} */
const PATHS = {
  previous: "M10 3 5 8l5 5",
  next: "M6 3l5 5-5 5",
  smaller: "M3.5 8h9",
  larger: "M3.5 8h9 M8 3.5v9",
  width: "M1.5 8h13 M4.5 5l-3 3 3 3 M11.5 5l3 3-3 3",
  page: "M3.5 1.5h9v13h-9z M8 4v8 M6.2 5.8 8 4l1.8 1.8 M6.2 10.2 8 12l1.8-1.8",
  turn: "M13 8a5 5 0 1 1-1.6-3.7 M13 2v3h-3",
  open: "M9 2.5h4.5V7 M13.5 2.5 8 8 M11.5 9.5v4h-9v-9h4",
  search: "M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9z M10.5 10.5 14 14",
  sketches: "M2 2.5h5v5H2z M9 2.5h5v5H9z M2 9.5h5v4H2z M9 9.5h5v4H9z",
  help: "M5.5 6a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.8-1.1 1.6 M8 12.6v.2",
  up: "M8 13V3.5 M4 7l4-4 4 4",
  down: "M8 3v9.5 M4 9l4 4 4-4",
  remove: "M4 4l8 8 M12 4l-8 8",
  doubt: "M8 1.8 14.8 14H1.2z M8 6.2v3.6 M8 11.8v.2",
  passed: "M3 8.5 6.5 12 13 4.5",
  failed: "M4 4l8 8 M12 4l-8 8",
  idle: "M4 8h8",
};

/** @param {{name: string}} props */
export function Icon({ name }) {
  return html`<svg class=${`sign sign-${name}`} viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
    <path d=${PATHS[name]} fill="none" stroke="currentColor" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round" />
  </svg>`;
}
