/** Why values are doubtful, found by the place they stand at: "total_amt", "items.2.amount". */

/** @param {string} field @param {number | null} [item] @param {string | null} [cell] */
export function placeId(field, item, cell) {
  if (item === null || item === undefined) return field;
  return cell ? `${field}.${item}.${cell}` : `${field}.${item}`;
}

/**
 * Reasons by place; those of the whole document stand under "".
 * @param {import("./server.js").Reason[]} reasons
 * @returns {Map<string, import("./server.js").Reason[]>}
 */
export function byPlace(reasons) {
  const found = new Map();
  for (const reason of reasons) {
    const place = reason.field === null ? "" : placeId(reason.field, reason.item, reason.cell);
    found.set(place, [...(found.get(place) ?? []), reason]);
  }
  return found;
}

/**
 * The frames to draw: where the extraction found values, or a person has taken others from.
 * @param {import("./server.js").Doc} doc
 * @param {Map<string, unknown>} doubts
 * @param {(field: string, item: number | null, cell: string | null) => string} name
 * @param {Map<string, {page: number, box: number[]}>} taken
 * @returns {import("./boxes.js").Box[]}
 */
export function boxesOf(doc, doubts, name, taken) {
  /** @type {Map<string, import("./boxes.js").Box>} */
  const boxes = new Map();
  const add = (/** @type {any} */ found, /** @type {string} */ field, /** @type {number | null} */ item = null, /** @type {string | null} */ cell = null) => {
    if (!found || typeof found.page !== "number" || !Array.isArray(found.box) || found.box.length !== 4) return;
    const id = placeId(field, item, cell);
    boxes.set(id, { id, page: found.page, box: found.box.map(Number), doubtful: doubts.has(id), label: name(field, item, cell) });
  };
  for (const [field, found] of Object.entries(doc.evidence ?? {})) {
    const rows = Array.isArray(found) ? found : field === "taxes" ? (found?.rows ?? []) : null;
    if (!rows) add(found, field);
    else rows.forEach((/** @type {any} */ row, /** @type {number} */ item) => Object.entries(row ?? {}).forEach(([cell, value]) => add(value, field, item, cell)));
  }
  for (const [id, { page, box }] of taken) boxes.set(id, { id, page, box, doubtful: false, label: boxes.get(id)?.label ?? "" });
  return [...boxes.values()];
}
