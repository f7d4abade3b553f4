/** The PDF's pages, drawn by PDF.js with what a stranger's file could do switched off. */

import * as pdfjs from "pdfjs-dist"; // first: the viewer's module takes it from the window
import { EventBus, PDFFindController, PDFLinkService, PDFViewer } from "pdfjs-dist/web/pdf_viewer.mjs";

import { source } from "./pieces.js";

const VENDOR = new URL("../vendor/pdfjs/", import.meta.url).href;
pdfjs.GlobalWorkerOptions.workerSrc = `${VENDOR}build/pdf.worker.min.mjs`;

const LARGEST_IMAGE = 64e6; // pixels: A4 at 600 dpi has 35 million
const LARGEST_CANVAS = 2 ** 24; // pixels
export const SMALLEST_SCALE = 0.5;
export const LARGEST_SCALE = 4;

/** Opens `url` in `container`, which must be positioned absolutely and hold a div.pdfViewer. */
export class Viewer {
  /** @param {HTMLDivElement} container @param {string} url */
  constructor(container, url) {
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
    /** @type {ReturnType<typeof pdfjs.getDocument> | null} */
    this.task = null;
    this.file = this.load(url);
    this.file.catch(() => undefined); // told by open()
    this.events.on("pagesinit", () => {
      this.fit("page-width");
      for (let index = 0; index < this.pages.pagesCount; index++) nameInWords(this.pages.getPageView(index));
    });
    // The pages don't follow the container's width by themselves.
    const stop = new AbortController();
    this.stop = stop;
    this.touches = new pdfjs.TouchManager({
      container,
      signal: stop.signal,
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
      { passive: false, signal: stop.signal },
    );
    this.resized = new ResizeObserver(() => this.refit());
    this.resized.observe(container);
  }

  /** @param {string} url */
  async load(url) {
    this.task = pdfjs.getDocument({
      ...(await source(url)),
      verbosity: pdfjs.VerbosityLevel.ERRORS,
      cMapUrl: `${VENDOR}cmaps/`,
      standardFontDataUrl: `${VENDOR}standard_fonts/`,
      wasmUrl: `${VENDOR}wasm/`,
      iccUrl: `${VENDOR}iccs/`,
      enableXfa: false,
      maxImageSize: LARGEST_IMAGE,
    });
    return this.task.promise;
  }

  /** Settles when the first page can be shown; rejects with why the file can't be. */
  async open() {
    const file = await this.file;
    this.pages.setDocument(file);
    this.linkService.setDocument(file);
    return file.numPages;
  }

  close() {
    this.stop.abort();
    this.resized.disconnect();
    void this.task?.destroy();
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

  /** Draws a small picture of a page. @param {number} page @param {HTMLCanvasElement} canvas @param {number} width */
  async sketch(page, canvas, width) {
    const proxy = await (await this.file).getPage(page);
    const rotation = (proxy.rotate + this.pages.pagesRotation) % 360;
    const scale = (width / proxy.getViewport({ scale: 1, rotation }).width) * window.devicePixelRatio;
    const viewport = proxy.getViewport({ scale, rotation });
    canvas.width = Math.floor(viewport.width);
    canvas.height = Math.floor(viewport.height);
    await proxy.render({ canvas, viewport, annotationMode: 1 }).promise;
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

/**
 * A box of the evidence in the PDF's own coordinates.
 * @param {any} view a page's view whose pdfPage is loaded
 * @param {number[]} box
 */
export function pdfRect(view, box) {
  const page = view.pdfPage;
  const upright = page.getViewport({ scale: 1 / page.userUnit, rotation: page.rotate });
  const [ax, ay] = upright.convertToPdfPoint(box[0], box[1]);
  const [bx, by] = upright.convertToPdfPoint(box[2], box[3]);
  return [Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)];
}

/**
 * The same the other way: a rectangle in the PDF's coordinates as a box of the evidence.
 * @param {any} view
 * @param {number[]} rect
 */
export function pageBox(view, rect) {
  const page = view.pdfPage;
  const upright = page.getViewport({ scale: 1 / page.userUnit, rotation: page.rotate });
  const [ax, ay] = upright.convertToViewportPoint(rect[0], rect[1]);
  const [bx, by] = upright.convertToViewportPoint(rect[2], rect[3]);
  return [Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)].map((side) => Math.round(side * 100) / 100);
}

/** PDF.js names page regions by a translation that this page doesn't have. @param {any} view */
function nameInWords(view) {
  view.div.removeAttribute("data-l10n-id");
  view.div.setAttribute("aria-label", `Page ${view.id}`);
}

/** Why a file can't be shown, in a sentence. @param {any} error */
export function whyNot(error) {
  if (error?.name === "PasswordException") return "The PDF asks for a password.";
  if (error?.name === "InvalidPDFException") return "The file is damaged or is no PDF.";
  if (error?.name === "ResponseException" && error.status === 404) return "The file is no longer on the server.";
  if (error?.name === "ResponseException" && error.status === 401) return "This page's permission has expired.";
  return "The PDF can't be loaded now.";
}
