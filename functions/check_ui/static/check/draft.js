/** The texts that stand in the form: of the header's fields, and of the rows of both tables. */

import { headerFields, setup } from "./setup.js";
import { textOf, tidied, valueOf } from "./values.js";

/**
 * @typedef {{key: number, origin: number | null, cells: Record<string, string>}} Row
 * @typedef {{header: Record<string, string>, items: Row[], taxes: Row[]}} Draft
 * @typedef {{place: string, problem: string}} Problem
 */

/** Rows that were loaded have their places for keys, so that a reload draws anew only what is another; new ones count from here. */
let keys = 1e6;

/** @param {import("./server.js").Doc} doc @returns {Draft} */
export function draftOf(doc) {
  const data = doc.data ?? {};
  /** @type {Record<string, string>} */
  const header = {};
  for (const name of headerFields.keys()) header[name] = textOf(data[name]);
  return { header, items: rows(data.items, setup.fields.items), taxes: rows(data.taxes, setup.fields.taxes) };
}

/** @param {unknown} lines @param {import("./setup.js").Field[]} cells @returns {Row[]} */
function rows(lines, cells) {
  if (!Array.isArray(lines)) return [];
  return lines.map((line, index) => ({
    key: index,
    origin: index,
    cells: Object.fromEntries(cells.map((cell) => [cell.name, textOf(line?.[cell.name])])),
  }));
}

/** What names a row for as long as the page is open: its place in what was loaded, or its own key. @param {Row} row */
export function rowId(row) {
  return row.origin === null ? `+${row.key}` : String(row.origin);
}

/** An empty row. @param {"items" | "taxes"} table @returns {Row} */
export function newRow(table) {
  return { key: ++keys, origin: null, cells: Object.fromEntries(setup.fields[table].map((cell) => [cell.name, ""])) };
}

/** A draft of an earlier visit: rows that were new then get keys that are free now. @param {Draft} draft @returns {Draft} */
export function rekeyed(draft) {
  const fresh = (/** @type {Row[]} */ rows) => rows.map((row) => (row.origin === null ? { ...row, key: ++keys } : row));
  return { ...draft, items: fresh(draft.items), taxes: fresh(draft.taxes) };
}

/** Whether two drafts hold the same texts. @param {Draft} one @param {Draft} other */
export function equal(one, other) {
  return one === other || JSON.stringify(plain(one)) === JSON.stringify(plain(other));
}

/** @param {Draft} draft */
function plain(draft) {
  return [draft.header, draft.items.map((row) => row.cells), draft.taxes.map((row) => row.cells)];
}

/**
 * The values to store, and what can't be stored.
 * @param {Draft} draft
 * @param {Draft} base the texts that were loaded: what stands there is not judged
 * @returns {{data: Record<string, unknown>, problems: Problem[]}}
 */
export function valuesOf(draft, base) {
  /** @type {Problem[]} */
  const problems = [];
  /** @type {Record<string, unknown>} */
  const data = {};
  for (const [name, field] of headerFields) {
    const text = draft.header[name] ?? "";
    if (text === base.header[name]) continue;
    data[name] = value(field.kind, text, name, problems);
  }
  for (const table of /** @type {const} */ (["items", "taxes"])) {
    const now = draft[table];
    if (JSON.stringify(now.map((row) => row.cells)) === JSON.stringify(base[table].map((row) => row.cells))) continue;
    data[table] = now.map((row, index) =>
      Object.fromEntries(
        setup.fields[table].map((cell) => [
          cell.name,
          value(cell.kind, row.cells[cell.name] ?? "", `${table}.${index}.${cell.name}`, problems),
        ]),
      ),
    );
  }
  return { data, problems };
}

/** @param {string} kind @param {string} text @param {string} place @param {Problem[]} problems */
function value(kind, text, place, problems) {
  const tidy = tidied(kind, text);
  if (tidy.problem) {
    problems.push({ place, problem: tidy.problem });
    return null;
  }
  return valueOf(kind, tidy.text);
}
