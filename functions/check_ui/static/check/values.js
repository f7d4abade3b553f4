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
  if (kind === "date") return day(trimmed);
  return { text: trimmed, problem: null };
}

/** The value to store for a tidied text. @param {string} kind @param {string} text */
export function valueOf(kind, text) {
  if (!text.trim()) return null;
  return NUMBER_KINDS.has(kind) ? number(text) : text;
}

/**
 * A day, also as people write it: 5.3.2026, 2026/3/5. Where both orders make a day, it is not guessed.
 * @param {string} text
 * @returns {{text: string, problem: string | null}}
 */
function day(text) {
  const parts = /^(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})$/.exec(text);
  const [first, second, third] = [parts?.[1] ?? "", parts?.[3] ?? "", parts?.[4] ?? ""];
  const orders = first.length === 4 ? [[first, second, third]] : third.length === 4 ? [[third, second, first], [third, first, second]] : [];
  const days = [...new Set(orders.map(([year, month, date]) => `${year}-${month?.padStart(2, "0")}-${date?.padStart(2, "0")}`).filter(isDay))];
  if (days.length === 1) return { text: days[0] ?? "", problem: null };
  if (days.length === 2 && parts?.[2] === ".") return { text: days[0] ?? "", problem: null }; // with points the day is first
  return { text, problem: days.length ? `This may be ${days.join(" or ")}. Write it as YYYY-MM-DD.` : "This is no date. Write it as YYYY-MM-DD." };
}

/** @param {string} text */
function isDay(text) {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.valueOf()) && date.toISOString().startsWith(text);
}
