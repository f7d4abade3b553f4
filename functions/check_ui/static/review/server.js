/** The queue's requests. */

import { credentials } from "./session.js";

const SECONDS = 30;

/**
 * @typedef {{
 *   id?: number, invoice_id?: number, file_name: string | null, status: "OK" | "ERROR", since: string,
 *   vendor_name: string | null, invoice_number: string | null, invoice_date: string | null, currency: string | null,
 *   total_amt: string | null, reasons: number, codes: string[], first_reasons: string[], message: string | null,
 *   check_url: string,
 * }} Waiting
 * @typedef {{total: number, found: number, codes: Record<string, number>, records: Waiting[], next_page_token?: string}} Page
 * @typedef {{user_id: string, q: string, code: string, order: string, state: string, page_token: string}} Query
 */

export class Refused extends Error {
  /** @param {string} message @param {number} status */
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

/** @param {Query} query @returns {Promise<Page>} */
export function load(query) {
  const given = Object.entries(query).filter(([, value]) => value);
  return ask(`/review/?${new URLSearchParams(given)}`, { headers: { Accept: "application/json", ...credentials() } });
}

/** Downloads what is listed as a file. @param {Query} query @param {string} format */
export async function download(query, format) {
  const given = Object.entries({ ...query, page_token: "", format }).filter(([, value]) => value);
  const answer = await fetch(`/review/?${new URLSearchParams(given)}`, {
    headers: { Accept: "application/json", ...credentials() },
    signal: AbortSignal.timeout(4 * SECONDS * 1000),
  });
  if (!answer.ok) throw new Refused(String(parsed(await answer.text())?.error ?? "The export failed"), answer.status);
  const name = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") ?? "")?.[1] ?? "invoices";
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** @param {string} name @param {string} password @returns {Promise<{user_id: number, user_name: string, access_token: string}>} */
export function signIn(name, password) {
  return ask("/login/", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ user_name: name, user_password: password }),
  });
}

/** How far the reading of an invoice is. @param {number} id @returns {Promise<{processing: {state: string, stage: string}}>} */
export function progress(id) {
  return ask(`/invoice/${id}/data/`, { headers: credentials() });
}

/**
 * Sends a file. `told` hears how much of it has gone, 0 to 1.
 * @param {File} file @param {string} user @param {(part: number) => void} told
 * @returns {Promise<{invoice_id: number, duplicate_of: number | null}>}
 */
export function upload(file, user, told) {
  const form = new FormData();
  form.set("user_id", user);
  form.set("file", file);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest(); // fetch tells nothing of how much has gone
    request.open("POST", "/upload/");
    for (const [name, value] of Object.entries(credentials())) request.setRequestHeader(name, value);
    request.timeout = 10 * 60 * 1000;
    request.upload.onprogress = (event) => event.lengthComputable && told(event.loaded / event.total);
    request.onload = () => {
      const body = parsed(request.responseText);
      if (request.status === 201) resolve(body);
      else reject(new Refused(String(body?.error ?? "The upload failed"), request.status));
    };
    request.onerror = request.ontimeout = () => reject(new Refused("The server can't be reached", 0));
    request.send(form);
  });
}

/** @param {string} url @param {RequestInit} options @returns {Promise<any>} */
export async function ask(url, options) {
  let answer;
  let text;
  try {
    answer = await fetch(url, { ...options, signal: AbortSignal.timeout(SECONDS * 1000) });
    text = await answer.text();
  } catch {
    throw new Refused("The server can't be reached. Try again in a moment.", 0);
  }
  const body = parsed(text);
  if (answer.ok && body) return body;
  throw new Refused(String(body?.error ?? "The server's answer can't be understood."), answer.status);
}

/** @param {string} text */
function parsed(text) {
  try {
    // Amounts keep all their digits: they come as the text that was sent.
    return JSON.parse(text, /** @type {any} */ ((/** @type {string} */ name, /** @type {unknown} */ value, /** @type {any} */ context) =>
      name === "total_amt" && typeof value === "number" ? (context?.source ?? String(value)) : value));
  } catch {
    return null;
  }
}
