/** What the server told this page. */

/**
 * @typedef {{name: string, kind: string, meaning: string}} Field
 * @typedef {{
 *   parameter: "id" | "invoice_id", number: number, link: string | null, file_name: string, words: string | null,
 *   fields: {
 *     header: Field[], items: Field[], taxes: Field[],
 *     choices: Record<string, string[]>, currencies: string[], signs: Record<string, string>,
 *   },
 * }} Setup
 */

/** @type {Setup} */
export const setup = JSON.parse(document.getElementById("setup")?.textContent ?? "{}");

/** Names of all fields that hold numbers, wherever they stand. */
export const NUMBER_KINDS = new Set(["money", "rate", "quantity"]);

/** @type {Map<string, Field>} */
export const headerFields = new Map(setup.fields.header.map((field) => [field.name, field]));

/** The URL of a part of this page, for its own record and with its own permission. @param {string} path */
export function partUrl(path) {
  const query = new URLSearchParams({ [setup.parameter]: String(setup.number) });
  if (setup.link) query.set("link", setup.link);
  return `${path}?${query}`;
}
