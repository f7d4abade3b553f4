/** Values that were taken from the page, with where they stood: evidence for as long as they are not typed over. */

import { rowId } from "./draft.js";

/**
 * @typedef {{text: string, page: number, box: number[], printed: string, source: "text" | "ocr"}} Proof
 * @typedef {Map<string, Proof>} Proofs by the value's own key: "total_amt", "items#12.amount"
 */

/** The key of a place, which stays when rows move. @param {import("./draft.js").Draft} draft @param {string} place */
export function keyOf(draft, place) {
  const [table, index, cell] = place.split(".");
  if (cell === undefined || (table !== "items" && table !== "taxes")) return place;
  return `${table}#${draft[table][Number(index)]?.key}.${cell}`;
}

/**
 * What is sent as evidence of the values in a draft.
 * @param {import("./draft.js").Draft} draft
 * @param {Proofs} proofs
 */
export function evidenceOf(draft, proofs) {
  /** @type {Record<string, any>} */
  const evidence = {};
  const proved = (/** @type {string} */ key, /** @type {string | undefined} */ text) => {
    const proof = proofs.get(key);
    return proof && proof.text === text ? { page: proof.page, box: proof.box, text: proof.printed, source: proof.source } : null;
  };
  for (const [name, text] of Object.entries(draft.header)) {
    const proof = proved(name, text);
    if (proof) evidence[name] = proof;
  }
  const items = draft.items.map((row) =>
    Object.fromEntries(
      Object.entries(row.cells).flatMap(([cell, text]) => {
        const proof = proved(`items#${row.key}.${cell}`, text);
        return proof ? [[cell, proof]] : [];
      }),
    ),
  );
  if (items.some((line) => Object.keys(line).length)) evidence.items = items;
  return evidence;
}

/** Frames for taken values, in place of those that the extraction gave. @param {import("./draft.js").Draft} draft @param {Proofs} proofs @returns {Map<string, Proof>} */
export function takenBoxes(draft, proofs) {
  /** @type {Map<string, Proof>} */
  const found = new Map();
  for (const [name, text] of Object.entries(draft.header)) {
    const proof = proofs.get(name);
    if (proof?.text === text) found.set(name, proof);
  }
  draft.items.forEach((row) => {
    for (const [cell, text] of Object.entries(row.cells)) {
      const proof = proofs.get(`items#${row.key}.${cell}`);
      if (proof?.text === text) found.set(`items.${rowId(row)}.${cell}`, proof);
    }
  });
  return found;
}
