/** What two sources say that contradict each other, taken from the sentence that tells of it. */

/** @type {Record<string, [RegExp, string, string]>} */
const SENTENCES = {
  contradicts_xml: [/says (.+), the page shows (.+)\.$/s, "XML", "page"],
  contradicts_qr: [/says (.+), the document was read as (.+)\.$/s, "QR code", "read"],
};

/**
 * @param {{code: string, message: string}} reason
 * @returns {{source: string, value: string}[] | null} null where the sentence tells of no two values
 */
export function sidesOf(reason) {
  const known = SENTENCES[reason.code];
  const found = known?.[0].exec(reason.message);
  if (!known || !found) return null;
  return [
    { source: known[1], value: found[1] ?? "" },
    { source: known[2], value: found[2] ?? "" },
  ];
}
