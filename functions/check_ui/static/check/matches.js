/** Where on the drawn pages stands what a person is typing. */

import { readAmount } from "./amount.js";
import { NUMBER_KINDS } from "./setup.js";
import { pageBox } from "./rects.js";
import { textOn } from "./words.js";

const FEWEST = 2; // characters
const MOST = 40;

/**
 * @typedef {{page: number, box: number[], text: string}} Match
 */

/**
 * @param {import("./viewer.js").Viewer} viewer
 * @param {string} kind
 * @param {string} typed
 * @returns {Match[]}
 */
export function matchesOf(viewer, kind, typed) {
  const wanted = typed.trim().toLocaleLowerCase();
  if (wanted.length < FEWEST) return [];
  const number = NUMBER_KINDS.has(kind);
  const fits = number ? amountBegins(wanted) : (/** @type {string} */ text) => text.toLocaleLowerCase().startsWith(wanted);
  const whole = kind === "code" || kind === "tax_id" || kind === "date" || number;
  /** @type {Match[]} */
  const found = [];
  for (const view of viewer.pages.getCachedPageViews()) {
    const text = textOn(view);
    for (const word of whole ? text.words : text.phrases) {
      if (!fits(word.text)) continue;
      found.push({ page: view.id, box: pageBox(view, word.rect), text: word.text });
      if (found.length === MOST) return found;
    }
  }
  return found.sort((one, other) => one.page - other.page || (one.box[1] ?? 0) - (other.box[1] ?? 0));
}

/** @param {string} typed */
function amountBegins(typed) {
  const digits = (readAmount(typed) ?? typed).replace(/^-/, "");
  return (/** @type {string} */ text) => (/\d/.test(text) ? (readAmount(text) ?? "").replace(/^-/, "").startsWith(digits) : false);
}
