/** The words that the server recognised on pages which are pictures: for PDF.js they are the pages' own text. */

import { credentials } from "../review/session.js";
import { partUrl } from "./setup.js";

/**
 * @typedef {{text: string, box: number[]}} Run words that stand together on a line
 * @typedef {import("pdfjs-dist").PDFPageProxy} Page
 */

const SECONDS = 30;
const FONT = "recognised";
const STYLES = { [FONT]: { fontFamily: "sans-serif", ascent: 0.8, descent: -0.2, vertical: false } };
const BELOW = 0.2; // of a line's height is under its letters

export class Recognised {
  /** @param {string | null} name of what a reading recognised; null for nothing */
  constructor(name) {
    this.name = name;
    /** @type {Map<number, Run[][]>} the lines of each page that has some */
    this.known = new Map();
    /** Settles when they are there, or can't be had: then these pages say that they are pictures. */
    this.asked = name === null ? Promise.resolve() : this.ask();
  }

  async ask() {
    try {
      const answer = await fetch(partUrl("/check/words/"), { headers: credentials(), signal: AbortSignal.timeout(SECONDS * 1000) });
      /** @type {{pages: {page: number, lines: Run[][]}[]}} */
      const { pages } = await answer.json();
      this.known = new Map(pages.map(({ page, lines }) => [page, lines]));
    } catch {
      // As if nothing had been recognised.
    }
  }
}

/**
 * Gives the pages of a file what is recognised on them by the time their text is asked for.
 * @param {import("pdfjs-dist").PDFDocumentProxy} file
 * @param {() => Recognised} recognised
 */
export function giveWords(file, recognised) {
  const known = file.getPage.bind(file);
  file.getPage = async (number) => {
    const page = await known(number);
    if (!Object.hasOwn(page, "streamTextContent")) {
      const own = page.streamTextContent.bind(page);
      page.streamTextContent = (how) => (recognised().name === null ? own(how) : textOf(page, recognised(), () => own(how)));
    }
    return page;
  };
  return file;
}

/**
 * A page's text: what was recognised on it, else its own.
 * @param {Page} page
 * @param {Recognised} recognised
 * @param {() => ReadableStream} own
 */
function textOf(page, recognised, own) {
  /** @type {ReadableStreamDefaultReader | null} */
  let reader = null;
  return new ReadableStream({
    async start(controller) {
      await recognised.asked;
      const lines = recognised.known.get(page.pageNumber);
      if (!lines) {
        reader = own().getReader();
        return;
      }
      controller.enqueue({ styles: STYLES, lang: null, items: lines.flatMap((line) => itemsOf(page, line)) });
      controller.close();
    },
    async pull(controller) {
      const { value, done } = (await reader?.read()) ?? { value: undefined, done: true };
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader?.cancel(reason),
  });
}

/** @param {Page} page @param {Run[]} line */
function itemsOf(page, line) {
  return line.flatMap((run, index) => {
    const last = index === line.length - 1;
    const item = { ...placed(page, run.box), str: run.text, dir: "ltr", fontName: FONT, hasEOL: last };
    return last ? [item] : [item, { ...item, str: " ", width: 0 }];
  });
}

/** Where PDF.js has a text that fills a box, in the PDF's own space. @param {Page} page @param {number[]} box as evidence has it */
function placed(page, [x0 = 0, y0 = 0, x1 = 0, y1 = 0]) {
  const upright = page.getViewport({ scale: 1 / page.userUnit, rotation: page.rotate });
  const height = y1 - y0;
  const base = y1 - BELOW * height;
  const [x = 0, y = 0] = upright.convertToPdfPoint(x0, base);
  const [rightX = 0, rightY = 0] = upright.convertToPdfPoint(x0 + height, base);
  const [upX = 0, upY = 0] = upright.convertToPdfPoint(x0, base - height);
  return { transform: [rightX - x, rightY - y, upX - x, upY - y, x, y], width: x1 - x0, height };
}
