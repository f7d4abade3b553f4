/** What is printed on a page, read in the kind of the field that takes it. */

import { readAmount } from "./amount.js";
import { NUMBER_KINDS, setup } from "./setup.js";
import { tidied } from "./values.js";

const LANGUAGES = ["en", "de", "fr", "es", "it", "pt", "nl", "pl", "cs", "sv", "nb", "da", "fi"];

/** @type {Map<string, number> | null} */
let months = null;

/** The months' names as the browser knows them, by their first letters without accents. */
function monthNames() {
  if (months) return months;
  months = new Map();
  for (const language of LANGUAGES) {
    for (const style of /** @type {const} */ (["long", "short"])) {
      const named = new Intl.DateTimeFormat(language, { month: style, day: "numeric", timeZone: "UTC" });
      for (let month = 0; month < 12; month++) {
        const part = named.formatToParts(Date.UTC(2026, month, 1)).find((each) => each.type === "month");
        const name = bare(part?.value ?? "");
        if (name.length >= 3 && !months.has(name)) months.set(name, month + 1);
      }
    }
  }
  return months;
}

/** @param {string} text */
function bare(text) {
  return text.normalize("NFD").replace(/[\u0300-\u036f.]/g, "").toLowerCase();
}

/**
 * The text to put into a field of `kind` for what stands on the page.
 * @param {string} kind
 * @param {string} text
 * @param {"." | ","} mark the document's decimal mark
 */
export function readPrinted(kind, text, mark) {
  const line = text.replace(/\s*\n\s*/g, kind === "address" || kind === "text" ? "\n" : " ").trim();
  if (NUMBER_KINDS.has(kind)) return readAmount(line.replace(/%/g, ""), mark) ?? line;
  if (kind === "date") return readDay(line);
  if (kind === "currency") return readCurrency(line);
  if (kind === "tax_id") return line.replace(/^.*:\s*/, "").replace(/\s+/g, "").toUpperCase();
  if (kind === "code") return line.replace(/^(#|№|n[or](?=[.:\s]))[.:\s]*/i, "");
  return line;
}

/** @param {string} text */
function readDay(text) {
  const cleaned = text.replace(/[,;]+$/, "").trim();
  const named = /^(?:\p{L}+,?\s+)?(\d{1,2})(?:st|nd|rd|th|\.)?[\s-]*(?:de\s+)?(\p{L}{3,})\.?,?[\s-]*(?:de\s+)?(\d{4}|\d{2})$/u.exec(cleaned);
  const first = /^(\p{L}{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4}|\d{2})$/u.exec(cleaned);
  const [date, name, year] = named ? [named[1], named[2], named[3]] : first ? [first[2], first[1], first[3]] : [];
  const month = name && monthNames().get(bare(name));
  if (date && month && year) {
    const full = year.length === 2 ? `20${year}` : year;
    return tidied("date", `${full}-${String(month).padStart(2, "0")}-${date.padStart(2, "0")}`).text;
  }
  return tidied("date", cleaned.replace(/\s+/g, "")).text;
}

/** @param {string} text */
function readCurrency(text) {
  const code = /\b[A-Z]{3}\b/.exec(text.toUpperCase())?.[0];
  if (code && setup.fields.currencies.includes(code)) return code;
  const sign = text.replace(/[\d\s.,'-]/g, "");
  return setup.fields.signs[sign] ?? "";
}

/** The decimal mark of a document, told by the amounts that were found on it. @param {import("./server.js").Doc} doc @returns {"." | ","} */
export function decimalMark(doc) {
  for (const found of Object.values(doc.evidence ?? {})) {
    const text = String(found?.text ?? "");
    const last = /([.,])\d{2}\D*$/.exec(text);
    if (last) return /** @type {"." | ","} */ (last[1]);
  }
  return ".";
}
