/** JSON with exact numbers: an amount is the text of its digits, never a binary fraction. */

import { NUMBER_KINDS, setup } from "./setup.js";

/** What is an amount by its field, and what may be one: a side of a contradiction, a change in the history. */
const AMOUNTS = new Set([
  ...[...setup.fields.header, ...setup.fields.items, ...setup.fields.taxes]
    .filter((field) => NUMBER_KINDS.has(field.kind))
    .map((field) => field.name),
  ...["value", "old", "new"],
]);

/** The value of JSON; members that are named as amounts come as text. @param {string} text */
export function parse(text) {
  return JSON.parse(text, /** @type {any} */ (amountAsText));
}

/**
 * @param {string} name
 * @param {unknown} value
 * @param {{source?: string}} context what stood in the text (ECMAScript, JSON.parse source text access)
 */
function amountAsText(name, value, context) {
  return typeof value === "number" && AMOUNTS.has(name) ? (context.source ?? String(value)) : value;
}

/** A number of exactly these digits, for JSON.stringify. @param {string} digits */
export function number(digits) {
  return /** @type {any} */ (JSON).rawJSON(digits);
}
