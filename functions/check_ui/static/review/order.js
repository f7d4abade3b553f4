/** The order of the queue, remembered for this tab, so that the check page can lead on to the next. */

const NAME = "review-order";

/** @typedef {{back: string, records: {key: string, url: string}[]}} Order */

/** @param {Order} order */
export function remember(order) {
  try {
    sessionStorage.setItem(NAME, JSON.stringify(order));
  } catch {
    // Without it the check page has no next and previous.
  }
}

/** @returns {Order | null} */
export function remembered() {
  try {
    const found = JSON.parse(sessionStorage.getItem(NAME) ?? "null");
    return Array.isArray(found?.records) ? found : null;
  } catch {
    return null;
  }
}
