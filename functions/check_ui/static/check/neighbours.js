/** The records before and behind this one in the queue that a person came from. */

import { remembered } from "../review/order.js";
import { setup } from "./setup.js";

/**
 * @typedef {{back: string, place: number, total: number, previous: string | null, next: string | null}} Neighbours
 */

/** @returns {Neighbours | null} null for a page that was not opened from the queue */
export function neighbours() {
  const order = remembered();
  const index = order?.records.findIndex((each) => each.key === `${setup.parameter}/${setup.number}`) ?? -1;
  if (!order || index < 0) return null;
  const url = (/** @type {number} */ at) => {
    const found = order.records[at]?.url;
    return typeof found === "string" && new URL(found, location.href).origin === location.origin ? found : null;
  };
  return { back: order.back, place: index + 1, total: order.records.length, previous: url(index - 1), next: url(index + 1) };
}
