/** What the page does first: it asks for the PDF and paints it. The form comes behind its first page. */

import { PIECE, piece } from "./piece.js";
import { partUrl } from "./setup.js";

const PATIENCE = 1500; // milliseconds that the form waits for the first page

const url = partUrl("/check/file/");
const first = piece(url, 0, PIECE); // while PDF.js is still on its way
first.catch(() => undefined); // told by `opened`

const worker = new Worker(new URL("../vendor/pdfjs/build/pdf.worker.min.mjs", import.meta.url), { type: "module" });
const broken = new Promise((_, reject) => worker.addEventListener("error", reject, { once: true }));

/** Where the pages are: in what the server sent, and then in the page that is drawn in its place. */
export const container = /** @type {HTMLDivElement} */ (document.querySelector(".pages"));

/** Rejects where PDF.js can't be had. */
export const viewer = import("./viewer.js").then(({ Viewer }) => new Viewer(container, url, first, worker));

/** The number of pages, once they can be shown; rejects with why they can't. @type {Promise<number>} */
export const opened = Promise.race([viewer.then((each) => each.open()), /** @type {Promise<never>} */ (broken)]);
opened.catch(() => undefined); // told on the page

const painted = opened.then(() => viewer).then((each) => each.painted);
const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
Promise.race([painted, late]).catch(() => undefined).then(() => import("./main.js"));
