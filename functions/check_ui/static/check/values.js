/** Values as a person sees and types them, and back. */

import { readAmount } from "./amount.js";
import { number } from "./exact.js";
import { NUMBER_KINDS } from "./setup.js";

/** The text of a stored value. @param {unknown} value */
export function textOf(value) {
  return value === null || value === undefined ? "" : String(value);
}

/**
 * What a typed text stands for, tidied, or why it can't be.
 * @param {string} kind
 * @param {string} text
 * @returns {{text: string, problem: string | null}}
 */
export function tidied(kind, text) {
  const trimmed = text.trim();
  if (!trimmed) return { text: "", problem: null };
  if (NUMBER_KINDS.has(kind)) {
    const digits = readAmount(trimmed.replace(/%$/, ""));
    if (digits === null) return { text, problem: "This is no number." };
    if (!/^-?\d{1,15}(\.\d{1,8})?$/.test(digits)) return { text, problem: "This number has too many digits." };
    return { text: digits, problem: null };
  }
  if (kind === "tax_id") return { text: trimmed.replace(/\s+/g, "").toUpperCase(), problem: null };
  if (kind === "date" && !isDay(trimmed)) return { text, problem: "This is no date. Write it as YYYY-MM-DD." };
  return { text: trimmed, problem: null };
}

/** The value to store for a tidied text. @param {string} kind @param {string} text */
export function valueOf(kind, text) {
  if (!text.trim()) return null;
  return NUMBER_KINDS.has(kind) ? number(text) : text;
}

/** @param {string} text */
export function isDay(text) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.valueOf()) && day.toISOString().startsWith(text);
}
