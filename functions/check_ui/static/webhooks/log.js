/** Asking for the log, and for a hit to be sent again. */

import { credentials } from "../review/session.js";

const SECONDS = 30;

/**
 * @typedef {{
 *   method: string, data: unknown, data_encoding?: string, data_truncated?: boolean, query_params: Record<string, unknown> | null,
 *   headers: Record<string, string>, content_type: string | null, client_ip: string | null, path?: string,
 * }} Hit
 * @typedef {{method: string, url: string, address: string, headers: Record<string, string>, body_bytes: number}} Planned
 * @typedef {{status: number, content_type: string | null, body: string, truncated: boolean, seconds: number}} Answered
 * @typedef {{message: string, request: Planned, answer?: Answered}} Replayed
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
export function load(query) {
  const given = Object.entries(query).filter(([, value]) => value);
  return ask(`/webhook/show/?${new URLSearchParams(given)}`, {}, "The server can't be reached. It is asked again in a moment.");
}

/** Sends a hit to a URL; with `only_tell` the server says what it would send. @param {string} timestamp @param {string} url @param {boolean} only_tell @returns {Promise<Replayed>} */
export function replay(timestamp, url, only_tell) {
  return ask(
    "/replay/",
    { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ timestamp, url, dry_run: only_tell }) },
    only_tell ? "The server can't be reached; nothing was sent." : "The server can't be reached. Whether the hit was sent is not known.",
  );
}

/** @param {string} url @param {RequestInit} options @param {string} unreached @returns {Promise<any>} */
async function ask(url, options, unreached) {
  let answer;
  let body;
  try {
    answer = await fetch(url, {
      ...options,
      headers: { Accept: "application/json", ...options.headers, ...credentials() },
      signal: AbortSignal.timeout(SECONDS * 1000),
    });
    body = await answer.json();
  } catch {
    throw new Refused(unreached, 0);
  }
  if (!answer.ok) throw new Refused(String(body.error), answer.status);
  return body;
}
