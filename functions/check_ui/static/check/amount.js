/** Amounts as people type and print them, read to exact digits: 1.234,56 · 1,234.56 · 12,34,567 · (5) · 5- */

const SPACES = /[\s\u00a0\u202f\u2007\u2009'\u2019]/g;

/**
 * The digits of a number, "-1234.56", or null for what is none.
 * @param {string} text
 * @param {"." | ","} mark the decimal mark where the text alone doesn't tell: "1.234"
 */
export function readAmount(text, mark = ".") {
  let rest = text.replace(/[\u2212\u2010-\u2013]/g, "-").replace(SPACES, "");
  rest = rest.replace(/^[^\d(.,+-]+/, "").replace(/(?<=[\d)\-.,])[^\d).,-]+$/, ""); // a currency before or behind
  const bracketed = /^\((.*)\)$/.exec(rest);
  let negative = bracketed !== null;
  if (bracketed) rest = bracketed[1] ?? "";
  if (/^[+-]/.test(rest)) {
    negative ||= rest[0] === "-";
    rest = rest.slice(1).replace(/^[^\d.,]+/, "");
  } else if (/\d[.,]?-$/.test(rest)) {
    negative ||= !/[.,]-$/.test(rest); // "99.-" is a price without minor units
    rest = rest.slice(0, -1).replace(/[.,]$/, "");
  }
  const digits = plain(rest, mark);
  if (digits === null) return null;
  return negative && /[1-9]/.test(digits) ? `-${digits}` : digits;
}

/** @param {string} text @param {"." | ","} mark */
function plain(text, mark) {
  if (!/^[\d.,]*\d[\d.,]*$/.test(text)) return null;
  const last = Math.max(text.lastIndexOf("."), text.lastIndexOf(","));
  if (last < 0) return whole(text);
  const sign = /** @type {"." | ","} */ (text[last]);
  const other = sign === "." ? "," : ".";
  const several = text.indexOf(sign) !== last;
  const behind = text.length - last - 1;
  if (several) return text.includes(other) ? null : grouped(text, sign);
  if (text.includes(other)) return joined(grouped(text.slice(0, last), other), text.slice(last + 1));
  if (behind === 3 && sign !== mark && last > 0 && last <= 3) return grouped(text, sign);
  return joined(whole(text.slice(0, last) || "0"), text.slice(last + 1));
}

/** Digits in groups, Western or Indian. @param {string} text @param {string} sign */
function grouped(text, sign) {
  const parts = text.split(sign);
  const middle = parts.slice(1, -1);
  const western = middle.every((part) => part.length === 3);
  const indian = middle.every((part) => part.length === 2) && (parts[0]?.length ?? 0) <= 2;
  const first = parts[0]?.length ?? 0;
  if (first < 1 || first > 3 || parts.at(-1)?.length !== 3 || !(western || indian)) return null;
  return whole(parts.join(""));
}

/** @param {string} text */
function whole(text) {
  return text.replace(/^0+(?=\d)/, "");
}

/** @param {string | null} before @param {string} behind */
function joined(before, behind) {
  if (before === null) return null;
  return behind ? `${before}.${behind}` : before;
}
