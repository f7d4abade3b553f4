/** The keys, told. */

import { useLayoutEffect, useRef } from "preact/hooks";

import { html } from "./markup.js";

const KEYS = [
  ["Ctrl S", "Save"],
  ["Ctrl Enter", "Save and mark as verified"],
  ["F8", "Next value to look at (Shift F8: the one before)"],
  ["Enter", "In a field: go on to the next value to look at"],
  ["Tab", "Next field; its place on the page lights up"],
  ["Click", "On a word of the page, with a field focused: take it into the field"],
  ["Shift click", "On a further word: take everything between"],
  ["Drag", "Over the page, with a field focused: take what is inside"],
  ["↑ ↓", "While typing: choose among the places on the page that match"],
  ["Ctrl Space", "Take the chosen place"],
  ["Alt ↑ ↓", "In a line: move it up or down"],
  ["Ctrl Z", "In a field: take the last change back"],
  ["Esc", "Leave the field: then a click on a frame leads to its field"],
  ["J K", "Next and previous record of the queue, with no field focused"],
  ["?", "Show these keys"],
];

/** @param {{onClose: () => void}} props */
export function Help({ onClose }) {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  useLayoutEffect(() => dialog.current?.showModal(), []);
  return html`<dialog ref=${dialog} class="help" aria-labelledby="help-title" onClose=${onClose}>
    <h2 id="help-title">Keys</h2>
    <dl>${KEYS.map(([keys, does]) => html`<div key=${keys}><dt><kbd>${keys}</kbd></dt><dd>${does}</dd></div>`)}</dl>
    <form method="dialog"><button class="main" autofocus>Close</button></form>
  </dialog>`;
}
