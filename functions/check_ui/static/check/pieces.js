/** The PDF in pieces: the first at once, the others as the pages that are looked at need them. */

import { PDFDataRangeTransport } from "pdfjs-dist";

import { PIECE, piece } from "./piece.js";

const LOADED_WHOLE = 32 * 1024 * 1024; // bytes: a larger file is loaded only where it is looked at

/** What PDF.js is to open. @param {string} url @param {{bytes: Uint8Array<ArrayBuffer>, total: number}} first its first piece */
export function source(url, { bytes, total }) {
  if (bytes.length >= total) return { data: bytes };
  return { range: new Pieces(url, total, bytes), rangeChunkSize: PIECE, disableStream: true, disableAutoFetch: total > LOADED_WHOLE };
}

class Pieces extends PDFDataRangeTransport {
  /** @param {string} url @param {number} total @param {Uint8Array} first */
  constructor(url, total, first) {
    super(total, first);
    this.url = url;
  }

  /** @override @param {number} begin @param {number} end */
  requestDataRange(begin, end) {
    piece(this.url, begin, end).then(
      ({ bytes }) => this.onDataRange(begin, bytes),
      () => setTimeout(() => this.requestDataRange(begin, end), 2000), // the line may come back
    );
  }
}
