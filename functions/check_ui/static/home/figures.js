/** Counts, tokens, rupees and days as a person reads them. */

const COUNT = new Intl.NumberFormat("en");
const SHORT = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });

/** @param {number} count @param {number} [end] Where counting ended. */
export function countWords(count, end = Infinity) {
  return `${COUNT.format(Math.min(count, end))}${count >= end ? "+" : ""}`;
}

/** @param {number} count */
export function shortWords(count) {
  return SHORT.format(count);
}

/** Whole paise from a rupee on; below it three digits that say something. @param {number} amount */
export function rupeeWords(amount) {
  if (amount === 0) return "₹0";
  const digits = Math.abs(amount) >= 1 ? { minimumFractionDigits: 2, maximumFractionDigits: 2 } : { maximumSignificantDigits: 3 };
  return `₹${new Intl.NumberFormat("en-IN", digits).format(amount)}`;
}

/** @param {number} amount A round one, beside a plot's line. */
export function roundRupeeWords(amount) {
  return `₹${new Intl.NumberFormat("en-IN", { maximumSignificantDigits: 3 }).format(amount)}`;
}

/** @param {string} day YYYY-MM-DD. */
export function dayWords(day) {
  return DAY.format(new Date(`${day}T00:00:00Z`));
}

/** Up to four round steps from 0 to above `highest`. @param {number} highest @returns {number[]} */
export function steps(highest) {
  if (!(highest > 0)) return [0, 1];
  const rough = highest / 4;
  const tens = 10 ** Math.floor(Math.log10(rough));
  const step = /** @type {number} */ ([1, 2, 2.5, 5, 10].map((times) => times * tens).find((each) => each >= rough * (1 - 1e-9)));
  return Array.from({ length: Math.ceil(highest / step - 1e-9) + 1 }, (_, index) => Number((index * step).toPrecision(12)));
}
