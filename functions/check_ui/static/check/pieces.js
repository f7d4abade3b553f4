/** The PDF in pieces: the first at once, the others as the pages that are looked at need them. */

import { PDFDataRangeTransport } from "pdfjs-dist";

import { credentials } from "../review/session.js";

const PIECE = 1024 * 1024; // bytes
const SECONDS = 60;
const LOADED_WHOLE = 32 * 1024 * 1024; // bytes: a larger file is loaded only where it is looked at

/** A file that can't be had, with the status that says why. */
export class NoFile extends Error {
  /** @param {number} status */
  constructor(status) {
    super(`status ${status}`);
    this.name = "ResponseException"; // as PDF.js names it
    this.status = status;
  }
}

/** What PDF.js is to open. @param {string} url */
export async function source(url) {
  const answer = await piece(url, 0, PIECE);
  const first = new Uint8Array(await answer.arrayBuffer());
  const total = Number(/\/(\d+)$/.exec(answer.headers.get("Content-Range") ?? "")?.[1] ?? first.length);
  if (first.length >= total) return { data: first };
  return { range: new Pieces(url, total, first), rangeChunkSize: PIECE, disableStream: true, disableAutoFetch: total > LOADED_WHOLE };
}

class Pieces extends PDFDataRangeTransport {
  /** @param {string} url @param {number} total @param {Uint8Array} first */
  constructor(url, total, first) {
    super(total, first);
    this.url = url;
  }

  /** @override @param {number} begin @param {number} end */
  requestDataRange(begin, end) {
    piece(this.url, begin, end)
      .then((answer) => answer.arrayBuffer())
      .then(
        (bytes) => this.onDataRange(begin, new Uint8Array(bytes)),
        () => setTimeout(() => this.requestDataRange(begin, end), 2000), // the line may come back
      );
  }
}

/** @param {string} url @param {number} begin @param {number} end */
async function piece(url, begin, end) {
  const answer = await fetch(url, {
    headers: { ...credentials(), Range: `bytes=${begin}-${end - 1}` },
    signal: AbortSignal.timeout(SECONDS * 1000),
  });
  if (!answer.ok) throw new NoFile(answer.status);
  return answer;
}
