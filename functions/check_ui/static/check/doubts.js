/** Why values are doubtful, found by the place they stand at: "total_amt", "items.2.amount". */

/** @param {string} field @param {number | string | null} [item] @param {string | null} [cell] */
export function placeId(field, item, cell) {
  if (item === null || item === undefined) return field;
  return cell ? `${field}.${item}.${cell}` : `${field}.${item}`;
}

/**
 * @typedef {import("./server.js").Reason & {place: string}} Doubt
 */

/**
 * Reasons with the places that they are about; a line of the items by its row's name.
 * @param {import("./server.js").Reason[]} reasons
 * @param {string[] | null} rows the names of the rows that the reasons count, null for those that were loaded
 * @returns {Doubt[]}
 */
export function placed(reasons, rows) {
  return reasons.map((reason) => {
    const item = rows && reason.field === "items" && reason.item !== null ? (rows[reason.item] ?? null) : reason.item;
    return { ...reason, place: reason.field === null ? "" : placeId(reason.field, item, reason.cell) };
  });
}

/** Doubts by place; those of the whole document stand under "". @param {Doubt[]} doubts @returns {Map<string, Doubt[]>} */
export function byPlace(doubts) {
  const found = new Map();
  for (const doubt of doubts) found.set(doubt.place, [...(found.get(doubt.place) ?? []), doubt]);
  return found;
}

/**
 * The frames to draw: where the extraction found values, or a person has taken others from.
 * @param {import("./server.js").Doc} doc
 * @param {Map<string, unknown>} doubts
 * @param {(field: string, item: number | null, cell: string | null) => string} name
 * @param {Map<string, {page: number, box: number[], printed: string}>} taken
 * @returns {import("./boxes.js").Box[]}
 */
export function boxesOf(doc, doubts, name, taken) {
  /** @type {Map<string, import("./boxes.js").Box>} */
  const boxes = new Map();
  const add = (/** @type {any} */ found, /** @type {string} */ field, /** @type {number | null} */ item = null, /** @type {string | null} */ cell = null) => {
    if (!found || typeof found.page !== "number" || !Array.isArray(found.box) || found.box.length !== 4) return;
    const id = placeId(field, item, cell);
    boxes.set(id, { id, page: found.page, box: found.box.map(Number), doubtful: doubts.has(id), label: name(field, item, cell), text: String(found.text ?? "") });
  };
  for (const [field, found] of Object.entries(doc.evidence ?? {})) {
    const rows = Array.isArray(found) ? found : field === "taxes" ? (found?.rows ?? []) : null;
    if (!rows) add(found, field);
    else rows.forEach((/** @type {any} */ row, /** @type {number} */ item) => Object.entries(row ?? {}).forEach(([cell, value]) => add(value, field, item, cell)));
  }
  for (const [id, { page, box, printed }] of taken)
    boxes.set(id, { id, page, box, doubtful: false, label: boxes.get(id)?.label ?? "", text: printed });
  return [...boxes.values()];
}
