/** What was typed and not saved, kept in this browser until it is: a closed tab or a lost connection loses nothing. */

import { rekeyed } from "./draft.js";
import { headerFields, setup } from "./setup.js";

/**
 * @typedef {import("./draft.js").Draft} Draft
 * @typedef {{version: number | null, base: Draft, draft: Draft}} Kept
 */

const NAME = `check/${setup.parameter}/${setup.number}`;

/** @param {number | null} version @param {Draft} base @param {Draft} draft */
export function keep(version, base, draft) {
  try {
    localStorage.setItem(NAME, JSON.stringify({ version, base, draft }));
  } catch {
    // A browser that stores nothing, or has no room: the page works all the same.
  }
}

export function forget() {
  try {
    localStorage.removeItem(NAME);
  } catch {
    // As above.
  }
}

/** What is kept of this record, null if there is nothing that fits it. @returns {Kept | null} */
export function kept() {
  try {
    const found = JSON.parse(localStorage.getItem(NAME) ?? "null");
    return isDraft(found?.base) && isDraft(found?.draft) ? { ...found, draft: rekeyed(found.draft) } : null;
  } catch {
    return null;
  }
}

/** @param {any} value */
function isDraft(value) {
  const texts = (/** @type {any} */ cells, /** @type {string[]} */ names) =>
    typeof cells === "object" && cells !== null && names.every((name) => typeof cells[name] === "string");
  const rows = (/** @type {any} */ lines, /** @type {"items" | "taxes"} */ table) =>
    Array.isArray(lines) && lines.every((line) => typeof line?.key === "number" && texts(line.cells, setup.fields[table].map((cell) => cell.name)));
  return texts(value?.header, [...headerFields.keys()]) && rows(value?.items, "items") && rows(value?.taxes, "taxes");
}
