/** Asking for the log. */

import { credentials } from "../review/session.js";

const SECONDS = 30;

/**
 * @typedef {{
 *   method: string, data: unknown, data_encoding?: string, data_truncated?: boolean, query_params: Record<string, unknown> | null,
 *   headers: Record<string, string>, content_type: string | null, client_ip: string | null, path?: string,
 * }} Hit
 * @typedef {{total_webhooks: number, logs: Record<string, Hit>, next_page_token?: string}} Log
 */

export class Refused extends Error {
  /** @param {string} message @param {number} status */
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

/** @param {Record<string, string>} query @returns {Promise<Log>} */
export async function load(query) {
  const given = Object.entries(query).filter(([, value]) => value);
  let answer;
  let body;
  try {
    answer = await fetch(`/webhook/show/?${new URLSearchParams(given)}`, {
      headers: { Accept: "application/json", ...credentials() },
      signal: AbortSignal.timeout(SECONDS * 1000),
    });
    body = await answer.json();
  } catch {
    throw new Refused("The server can't be reached. It is asked again in a moment.", 0);
  }
  if (!answer.ok) throw new Refused(String(body.error), answer.status);
  return body;
}
