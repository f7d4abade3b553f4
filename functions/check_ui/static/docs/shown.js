/** The document as the reference shows it: at this very address, and what every call may answer said once. */

/**
 * @typedef {{description: string}} Response
 * @typedef {{responses?: Record<string, Response>}} Operation
 * @typedef {{info: {description: string}, paths: Record<string, Record<string, Operation>>}} Document
 */

/** @param {Document} document @returns {Document & {host: string, schemes: string[]}} */
export function shown(document) {
  const operations = Object.values(document.paths).flatMap((item) => Object.values(item)).filter((each) => each.responses);
  const [first, ...others] = operations.map((each) => each.responses ?? {});
  const shared = Object.entries(first ?? {}).filter(([code, { description }]) => code >= "400" && others.every((each) => each[code]?.description === description));
  for (const { responses } of operations) for (const [code] of shared) delete responses?.[code];
  // Our own words, in the HTML that the renderer allows in them.
  const told = `<details><summary>What any call may answer</summary>\n\n${shared.map(([code, { description }]) => `- ${code}: ${description}`).join("\n")}\n\n</details>`;
  return {
    ...document,
    info: { ...document.info, description: `${document.info.description}\n\nEvery error is JSON with its text in \`error\`.\n\n${told}` },
    // Calls go to where the page came from, by whatever name that was reached.
    host: location.host,
    schemes: [location.protocol.slice(0, -1)],
  };
}
