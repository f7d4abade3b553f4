/** Asking for the state. */

import { ask } from "../review/server.js";
import { credentials } from "../review/session.js";

/**
 * @typedef {{calls: number, input_tokens: number, output_tokens: number, price_inr: number, unpriced: number}} Used
 * @typedef {Used & {model: string}} ModelUsed
 * @typedef {{day: string, models: ModelUsed[]}} Day
 * @typedef {{
 *   time: string, user_id: string | null, awaiting_review: number, counted_to: number,
 *   invoices: {queued: number, reading: number, done: number, failed: number}, direct: {done: number, failed: number},
 *   usage: {total: Used, models: ModelUsed[], days: Day[]},
 * }} Status
 */

/** @param {string} user A user's id; empty for everybody. @returns {Promise<Status>} */
export function load(user) {
  const query = user ? `?${new URLSearchParams({ user_id: user })}` : "";
  return ask(`/status/${query}`, { headers: { Accept: "application/json", ...credentials() } });
}
