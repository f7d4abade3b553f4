/** A piece of the PDF, asked of the server. */

import { credentials } from "../review/session.js";

export const PIECE = 1024 * 1024; // bytes
const SECONDS = 60;

/** A file that can't be had, with the status that says why. */
export class NoFile extends Error {
  /** @param {number} status */
  constructor(status) {
    super(`status ${status}`);
    this.name = "ResponseException"; // as PDF.js names it
    this.status = status;
  }
}

/** Bytes of the file, and how many it has in all. @param {string} url @param {number} begin @param {number} end */
export async function piece(url, begin, end) {
  const answer = await fetch(url, {
    headers: { ...credentials(), Range: `bytes=${begin}-${end - 1}` },
    signal: AbortSignal.timeout(SECONDS * 1000),
  });
  if (!answer.ok) throw new NoFile(answer.status);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const total = Number(/\/(\d+)$/.exec(answer.headers.get("Content-Range") ?? "")?.[1] ?? bytes.length);
  return { bytes, total };
}

/** Why a file can't be shown, in a sentence. @param {any} error */
export function whyNot(error) {
  if (error?.name === "PasswordException") return "The PDF asks for a password.";
  if (error?.name === "InvalidPDFException") return "The file is damaged or is no PDF.";
  if (error?.name === "ResponseException" && error.status === 404) return "The file is no longer on the server.";
  if (error?.name === "ResponseException" && error.status === 401) return "This page's permission has expired.";
  return "The PDF can't be loaded now.";
}
