/** The page's requests. Each has a limit in time; what goes wrong is told in a sentence. */

import { credentials } from "../review/session.js";
import * as exact from "./exact.js";
import { partUrl, setup } from "./setup.js";

/**
 * @typedef {{page: number | null, box: number[] | null, text: string | null, source: string | null}} Evidence
 * @typedef {{code: string, field: string | null, item: number | null, cell: string | null, message: string, sides?: {source: string, value: unknown}[]}} Reason
 * @typedef {{name: string, status: string, fields: string[], message: string | null}} Check
 * @typedef {{
 *   version: number, modified_by: string, manual_verified: "Y" | "N", status: string, corrected: boolean, by: string | null, changed: number,
 *   changes: {field: string, item: number | null, cell: string | null, old: unknown, new: unknown}[],
 * }} Version
 * @typedef {{
 *   status: "OK" | "ERROR" | null, message: string | null, model: string | null,
 *   data: Record<string, any> | null,
 *   evidence: Record<string, any> | null,
 *   checks: Check[] | null, review: {needed: boolean, reasons: Reason[]} | null,
 *   pages: {total: number, read: number, with_text: number, scanned: number, unread: number[]} | null,
 *   sources: {kind: string, name: string, verdict: string | null}[] | null,
 *   duplicates: number[] | null,
 *   processing: {state: string, stage: string | null, attempt: number | null, since: string | null},
 *   history?: Version[], version: number | null, manual_verified: "Y" | "N" | null, modified_by: string | null,
 *   words: string | null,
 * }} Doc
 */

const SECONDS = 30;

/** A request that did not do what it was for; `current` is what stands on the server now. */
export class Refused extends Error {
  /** @param {string} message @param {number} status @param {Doc | null} current */
  constructor(message, status, current = null) {
    super(message);
    this.status = status;
    this.current = current;
  }
}

/** The record as it stands now, or as it was at a version. @param {number} [version] @returns {Promise<Doc>} */
export function load(version) {
  return ask(version === undefined ? partUrl("/check/data/") : `${partUrl("/check/data/")}&version=${version}`, {});
}

/**
 * Stores corrections.
 * @param {{data: Record<string, unknown>, evidence: Record<string, unknown>, version: number | null, manual_verified?: "Y" | "N"}} correction
 * @returns {Promise<{version: number, manual_verified: "Y" | "N"}>}
 */
export function save(correction) {
  return post("/check/save/", correction);
}

/** The checks and reasons that the record would have with these values. @param {Record<string, unknown>} data @returns {Promise<{checks: Check[], review: {needed: boolean, reasons: Reason[]}}>} */
export function check(data) {
  return post("/check/save/", { data, dry_run: true });
}

/** Asks for the invoice to be read again. */
export function readAgain() {
  return ask(`/invoice/${setup.number}/refetch/`, { method: "POST" });
}

/** @param {string} path @param {Record<string, unknown>} body */
function post(path, body) {
  return ask(partUrl(path), {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ [setup.parameter]: setup.number, ...body }),
  });
}

/** @param {string} url @param {RequestInit} options @returns {Promise<any>} */
async function ask(url, options) {
  let answer;
  let text;
  try {
    answer = await fetch(url, { ...options, headers: { ...options.headers, ...credentials() }, signal: AbortSignal.timeout(SECONDS * 1000) });
    text = await answer.text();
  } catch {
    throw new Refused("The server can't be reached. What you typed is kept here; try again.", 0);
  }
  let body;
  try {
    body = exact.parse(text);
  } catch {
    throw new Refused("The server's answer can't be understood. What you typed is kept here; try again.", answer.status);
  }
  if (answer.ok) return body;
  throw new Refused(explained(answer.status, body.error), answer.status, body.current ?? null);
}

/** @param {number} status @param {string} error */
function explained(status, error) {
  if (status === 401) return "This page's permission has expired. Open it again by a new link; what you typed is kept here.";
  return String(error);
}
