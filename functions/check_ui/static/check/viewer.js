/** The PDF's pages, drawn by PDF.js with what a stranger's file could do switched off. */

import * as pdfjs from "pdfjs-dist"; // first: the viewer's module takes it from the window
import { EventBus, PDFFindController, PDFLinkService, PDFViewer } from "pdfjs-dist/web/pdf_viewer.mjs";

import { source } from "./pieces.js";
import { giveWords, Recognised } from "./recognised.js";
import { pdfRect } from "./rects.js";
import { setup } from "./setup.js";

const VENDOR = new URL("../vendor/pdfjs/", import.meta.url).href;

const LARGEST_IMAGE = 64e6; // pixels: A4 at 600 dpi has 35 million
const LARGEST_CANVAS = 2 ** 24; // pixels
export const SMALLEST_SCALE = 0.5;
export const LARGEST_SCALE = 4;

/** Opens `url` in `container`, which must be positioned absolutely and hold a div.pdfViewer. */
export class Viewer {
  /**
   * @param {HTMLDivElement} container
   * @param {string} url
   * @param {ReturnType<typeof import("./piece.js").piece>} first its first piece
   * @param {Worker} worker PDF.js's own
   */
  constructor(container, url, first, worker) {
    pdfjs.GlobalWorkerOptions.workerPort = worker;
    this.events = new EventBus();
    const linkService = new PDFLinkService({
      eventBus: this.events,
      externalLinkTarget: 2,
      externalLinkRel: "noopener noreferrer nofollow",
    });
    const findController = new PDFFindController({ eventBus: this.events, linkService });
    linkService.externalLinkEnabled = false;
    this.pages = new PDFViewer({
      container,
      eventBus: this.events,
      linkService,
      findController,
      annotationMode: 1, // values and marks are painted; nothing of the file can be clicked
      annotationEditorMode: -1,
      enableAutoLinking: false,
      imageResourcesPath: `${VENDOR}web/images/`,
      maxCanvasPixels: LARGEST_CANVAS,
      removePageBorders: true,
    });
    linkService.setViewer(this.pages);
    this.linkService = linkService;
    this.recognised = new Recognised(setup.words);
    /** Settles when there is a page on the screen. */
    this.painted = new Promise((resolve) => this.events.on("pagerendered", resolve, { once: true }));
    this.file = load(url, first).then((file) => giveWords(file, () => this.recognised));
    this.file.catch(() => undefined); // told by open()
    this.events.on("pagesinit", () => {
      this.fit("page-width");
      for (let index = 0; index < this.pages.pagesCount; index++) nameInWords(this.pages.getPageView(index));
    });
    // The pages don't follow the container's width by themselves.
    this.resized = new ResizeObserver(() => this.refit());
    this.resized.observe(container);
    this.touches = new pdfjs.TouchManager({
      container,
      signal: new AbortController().signal, // never: the pages stay as long as the window
      onPinching: (/** @type {number[]} */ origin, /** @type {number} */ former, /** @type {number} */ distance) =>
        this.zoom(distance / former, origin),
    });
    container.addEventListener(
      "wheel",
      (event) => {
        if (!event.ctrlKey) return;
        event.preventDefault();
        this.zoom(Math.exp(-event.deltaY / 300), [event.clientX, event.clientY]);
      },
      { passive: false },
    );
    /** @type {Set<number>} pages that were drawn and have no words: pictures */
    this.pictures = new Set();
    this.events.on("textlayerrendered", (/** @type {any} */ { pageNumber }) => {
      if (this.hasText(pageNumber)) this.pictures.delete(pageNumber);
      else this.pictures.add(pageNumber);
      this.letGo();
    });
  }

  /** Settles when the first page can be shown; rejects with why the file can't be. */
  async open() {
    const file = await this.file;
    this.pages.setDocument(file);
    this.linkService.setDocument(file);
    return file.numPages;
  }

  /** Takes up what another reading recognised. @param {string | null} words its name */
  async recognise(words) {
    if (words === this.recognised.name) return;
    this.recognised = new Recognised(words);
    await this.recognised.asked;
    const file = await this.file;
    if (!this.pages.pagesCount) return; // its text is not drawn yet
    this.pages.findController?.setDocument(file);
    for (const view of this.pages.getCachedPageViews()) view.reset();
    this.pages.update();
  }

  /** @param {"page-width" | "page-fit"} how */
  fit(how) {
    this.pages.currentScaleValue = how;
  }

  refit() {
    const value = this.pages.currentScaleValue;
    if (this.pages.pagesCount && (value === "page-width" || value === "page-fit")) this.pages.currentScaleValue = value;
  }

  /** @param {number} factor @param {number[]} [origin] the point that stays where it is */
  zoom(factor, origin) {
    const scale = Math.min(LARGEST_SCALE, Math.max(SMALLEST_SCALE, this.pages.currentScale * factor));
    const scaleFactor = scale / this.pages.currentScale;
    if (scaleFactor !== 1) this.pages.updateScale({ drawingDelay: 200, scaleFactor, ...(origin ? { origin } : {}) });
  }

  /** Looks for a text on all pages. @param {string} query @param {{again?: boolean, back?: boolean}} [how] */
  find(query, { again = false, back = false } = {}) {
    this.events.dispatch("find", {
      source: window,
      type: again ? "again" : "",
      query,
      caseSensitive: false,
      entireWord: false,
      highlightAll: true,
      findPrevious: back,
      matchDiacritics: false,
    });
  }

  /** Of the pages that PDF.js no longer shows it would keep each word's element: with many pages, most of what is held. */
  letGo() {
    const shown = this.pages.getCachedPageViews();
    for (let index = 0; index < this.pages.pagesCount; index++) {
      const view = this.pages.getPageView(index);
      if (!shown.has(view)) view._textHighlighter.setTextMapping([], []);
    }
  }

  /** Draws a small picture of a page. @param {number} page @param {HTMLCanvasElement} canvas @param {number} width */
  async sketch(page, canvas, width) {
    const proxy = await (await this.file).getPage(page);
    const rotation = (proxy.rotate + this.pages.pagesRotation) % 360;
    const scale = (width / proxy.getViewport({ scale: 1, rotation }).width) * window.devicePixelRatio;
    const viewport = proxy.getViewport({ scale, rotation });
    canvas.width = Math.floor(viewport.width);
    canvas.height = Math.floor(viewport.height);
    await proxy.render({ canvas, viewport, annotationMode: 1 }).promise;
    proxy.cleanup(); // the decoded pictures of a scan are many times this one
  }

  /** Whether a page that has been drawn has words. @param {number} page */
  hasText(page) {
    return /\S/.test(this.pages.getPageView(page - 1)?.textLayer?.div.textContent ?? "");
  }

  rotate() {
    this.pages.pagesRotation = (this.pages.pagesRotation + 90) % 360;
  }

  /**
   * Brings a box into view, in the middle, without a change of zoom.
   * @param {number} page
   * @param {number[]} box points from the top left of the page as a reader shows it
   */
  async show(page, box) {
    const view = this.pages.getPageView(page - 1);
    if (!view) return;
    if (!view.pdfPage) view.setPdfPage(await (await this.file).getPage(page));
    this.pages.scrollPageIntoView({
      pageNumber: page,
      destArray: [null, { name: "FitR" }, ...pdfRect(view, box)],
      ignoreDestinationZoom: true,
      center: "both",
    });
  }
}

/** @param {string} url @param {ReturnType<typeof import("./piece.js").piece>} first */
async function load(url, first) {
  const task = pdfjs.getDocument({
    ...source(url, await first),
    verbosity: pdfjs.VerbosityLevel.ERRORS,
    cMapUrl: `${VENDOR}cmaps/`,
    standardFontDataUrl: `${VENDOR}standard_fonts/`,
    wasmUrl: `${VENDOR}wasm/`,
    iccUrl: `${VENDOR}iccs/`,
    enableXfa: false,
    maxImageSize: LARGEST_IMAGE,
  });
  return task.promise;
}

/** PDF.js names page regions by a translation that this page doesn't have. @param {any} view */
function nameInWords(view) {
  view.div.removeAttribute("data-l10n-id");
  view.div.setAttribute("aria-label", `Page ${view.id}`);
}
