/** The way from the page into the fields: words that are clicked, dragged over, or matched while typing. */

import { useCallback, useRef, useState } from "preact/hooks";

import { matchesOf } from "./matches.js";
import { focusedPlace } from "./picker.js";
import { decimalMark, readPrinted } from "./printed.js";
import { headerFields, setup } from "./setup.js";
import { keyOf } from "./taken.js";
import { tidied } from "./values.js";

const PAUSE = 120; // milliseconds after a key before the page is searched

/** @type {{matches: import("./matches.js").Match[], chosen: number}} */
const NONE = { matches: [], chosen: 0 };

/** The kind of the field at a place. @param {string} place */
export function kindAt(place) {
  const [table, , cell] = place.split(".");
  if (cell && (table === "items" || table === "taxes")) {
    return setup.fields[table].find((field) => field.name === cell)?.kind ?? "text";
  }
  return headerFields.get(place)?.kind ?? "text";
}

/**
 * @param {import("./server.js").Doc | null} doc
 * @param {import("./draft.js").Draft} draft
 * @param {(text: string) => void} tell
 */
export function usePicking(doc, draft, tell) {
  const viewer = useRef(/** @type {import("./viewer.js").Viewer | null} */ (null));
  const timer = useRef(0);
  const putting = useRef(false);
  const [proofs, setProofs] = useState(/** @type {import("./taken.js").Proofs} */ (new Map()));
  const [found, setFound] = useState(NONE);

  const clear = useCallback(() => {
    clearTimeout(timer.current);
    setFound((now) => (now.matches.length ? NONE : now));
  }, []);

  const take = useCallback(
    (/** @type {import("./picker.js").Taken} */ taken) => {
      const kind = kindAt(taken.place);
      const tidy = tidied(kind, readPrinted(kind, taken.text, doc ? decimalMark(doc) : "."));
      clear();
      if (!tidy.text || (tidy.problem && kind !== "date")) {
        tell(`“${taken.text.slice(0, 60)}” does not fit this field.`);
        return;
      }
      putting.current = true;
      put(tidy.text);
      putting.current = false;
      const key = keyOf(draft, taken.place);
      const source = viewer.current?.recognised.known.has(taken.page) ? "ocr" : "text";
      setProofs((now) => new Map(now).set(key, { text: tidy.text, page: taken.page, box: taken.box, printed: taken.text, source }));
    },
    [doc, draft, clear, tell],
  );

  const typed = useCallback(
    (/** @type {Event} */ event) => {
      const input = event.target;
      if (putting.current || !(input instanceof HTMLInputElement || input instanceof HTMLTextAreaElement)) return;
      const place = input.dataset.place;
      clearTimeout(timer.current);
      timer.current = window.setTimeout(() => {
        if (!viewer.current || !place || focusedPlace() !== place) return;
        setFound({ matches: matchesOf(viewer.current, kindAt(place), input.value), chosen: 0 });
      }, PAUSE);
    },
    [],
  );

  const key = useCallback(
    (/** @type {KeyboardEvent} */ event) => {
      const place = focusedPlace();
      const match = found.matches[found.chosen];
      if (!place || !match || event.altKey) return;
      if (event.key === "Escape") clear();
      else if (event.key === " " && event.ctrlKey) take({ place, ...match });
      else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !event.ctrlKey) {
        const step = event.key === "ArrowDown" ? 1 : -1;
        setFound({ ...found, chosen: (found.chosen + step + found.matches.length) % found.matches.length });
      } else return;
      event.preventDefault();
      event.stopPropagation();
    },
    [found, take, clear],
  );

  return { viewer, proofs, setProofs, found, take, typed, key, clear };
}

/** Puts a text into the focused field as if it was typed, so that Ctrl-Z takes it back. @param {string} text */
function put(text) {
  const field = document.activeElement;
  if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) {
    field.select();
    // The one way that keeps the browser's own undo; what does not know it gets the value.
    if (document.execCommand("insertText", false, text)) return;
    field.value = text;
  } else if (field instanceof HTMLSelectElement) {
    field.value = text;
  }
  field?.dispatchEvent(new Event("input", { bubbles: true }));
}
