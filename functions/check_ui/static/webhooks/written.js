/** A value of the log as text. */

/** @param {unknown} data @param {number} [indent] */
export function written(data, indent) {
  if (data === null || data === undefined) return "";
  return typeof data === "string" ? data : JSON.stringify(data, null, indent);
}
