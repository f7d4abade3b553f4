/** Codes, ages and amounts in words. */

/** @type {Record<string, string>} */
const CODES = {
  failed: "Could not be read",
  not_found: "Not on the page",
  wrong_place: "From another place",
  sum_mismatch: "Sums do not fit",
  bad_format: "Odd form",
  bad_check_digit: "Check digit fails",
  ambiguous_date: "Date in doubt",
  ambiguous_currency: "Currency in doubt",
  missing_line: "Line missing",
  doubled_line: "Line twice",
  contradicts_xml: "Other than the XML",
  contradicts_qr: "Other than the QR code",
  irn_mismatch: "IRN does not fit",
  qr_refused: "QR code is forged",
  hidden_text: "Hidden text",
  instructions: "Holds instructions",
  several_invoices: "Several invoices",
  unread_pages: "Pages not read",
  illegible: "Illegible",
  truncated: "Cut off",
  not_an_invoice: "Not an invoice",
  duplicate: "Duplicate",
};

/** @param {string} code */
export function codeWords(code) {
  return CODES[code] ?? code.replaceAll("_", " ");
}

const UNITS = /** @type {const} */ ([
  ["day", 86400],
  ["hour", 3600],
  ["minute", 60],
]);

/** How long ago a time is. @param {string} since */
export function ageWords(since) {
  const seconds = Math.max(0, (Date.now() - Date.parse(since)) / 1000);
  const words = new Intl.RelativeTimeFormat("en", { numeric: "always" });
  for (const [unit, length] of UNITS) if (seconds >= length) return words.format(-Math.floor(seconds / length), unit);
  return "just now";
}

/** @param {string | null} amount @param {string | null} currency */
export function amountWords(amount, currency) {
  if (amount === null) return "–";
  const [whole = "", fraction] = amount.split(".");
  const grouped = new Intl.NumberFormat(currency === "INR" ? "en-IN" : "en").format(BigInt(whole || "0"));
  const sign = whole.startsWith("-") && !grouped.startsWith("-") ? "-" : "";
  return `${sign}${grouped}${fraction ? `.${fraction}` : ""}${currency ? ` ${currency}` : ""}`;
}
