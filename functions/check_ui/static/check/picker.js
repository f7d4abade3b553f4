/** Taking text from the page into the focused field: a click takes a word, a drag what is inside it. */

import { pageBox, pdfRect } from "./rects.js";
import { pointOn, textIn, textOn, union, wordAt } from "./words.js";

const DRAGGED = 5; // pixels: less is a click

/**
 * @typedef {{place: string, text: string, page: number, box: number[]}} Taken
 */

export class Picker {
  /**
   * @param {import("./viewer.js").Viewer} viewer
   * @param {HTMLElement} container
   * @param {(taken: Taken) => void} onTake
   * @param {() => void} onNothing told where there is no text to take
   * @param {(page: number) => import("./boxes.js").Box[]} framed the values that were found on a page
   */
  constructor(viewer, container, onTake, onNothing, framed) {
    this.viewer = viewer;
    this.onTake = onTake;
    this.onNothing = onNothing;
    this.framed = framed;
    /** @type {{view: any, x: number, y: number, frame: HTMLElement | null} | null} */
    this.start = null;
    /** @type {{view: any, rect: number[]} | null} the word that was taken last, for Shift */
    this.last = null;
    // Without this the page would take the focus from the field.
    container.addEventListener("mousedown", (event) => focusedPlace() && event.button === 0 && event.preventDefault());
    container.addEventListener("pointerdown", (event) => this.begin(event));
    container.addEventListener("pointermove", (event) => this.move(event));
    container.addEventListener("pointerup", (event) => this.end(event));
    container.addEventListener("pointercancel", () => this.forget());
  }

  /** @param {PointerEvent} event */
  begin(event) {
    if (!focusedPlace() || event.button !== 0) return;
    const view = this.viewUnder(event);
    if (view) this.start = { view, x: event.clientX, y: event.clientY, frame: null };
  }

  /** @param {PointerEvent} event */
  move(event) {
    const start = this.start;
    if (!start || event.pointerType === "touch" || !this.dragged(event)) return;
    if (!start.frame) {
      start.frame = document.createElement("div");
      start.frame.className = "rubber";
      start.view.div.append(start.frame);
    }
    const origin = start.view.div.getBoundingClientRect();
    start.frame.style.left = `${Math.min(start.x, event.clientX) - origin.left}px`;
    start.frame.style.top = `${Math.min(start.y, event.clientY) - origin.top}px`;
    start.frame.style.width = `${Math.abs(event.clientX - start.x)}px`;
    start.frame.style.height = `${Math.abs(event.clientY - start.y)}px`;
  }

  /** @param {PointerEvent} event */
  end(event) {
    const start = this.start;
    const dragged = this.dragged(event);
    this.forget();
    const place = focusedPlace();
    if (!start || !place || (dragged && event.pointerType === "touch")) return;
    const { view } = start;
    const words = this.wordsOn(view);
    if (dragged) {
      const [ax = 0, ay = 0] = pointOn(view, { clientX: start.x, clientY: start.y });
      const [bx = 0, by = 0] = pointOn(view, event);
      this.take(place, view, textIn(view, words, [Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)]));
      return;
    }
    const word = wordAt(words, pointOn(view, event));
    if (!word) {
      if (!words.length) this.onNothing();
      return;
    }
    const from = event.shiftKey && this.last?.view === view ? this.last : null;
    if (!from) this.last = { view, rect: word.rect };
    this.take(place, view, from ? textIn(view, words, union(from.rect, word.rect)) : word);
  }

  /** A page's words; of one that is a picture, what was recognised on it. @param {any} view @returns {import("./words.js").Word[]} */
  wordsOn(view) {
    const { words } = textOn(view);
    if (words.length || !view.pdfPage) return words;
    return this.framed(view.id).map((frame) => ({ text: frame.text, rect: pdfRect(view, frame.box) }));
  }

  /** @param {string} place @param {any} view @param {import("./words.js").Word} found */
  take(place, view, found) {
    if (found.text) this.onTake({ place, text: found.text, page: view.id, box: pageBox(view, found.rect) });
  }

  forget() {
    this.start?.frame?.remove();
    this.start = null;
  }

  /** @param {PointerEvent} event */
  dragged(event) {
    return this.start !== null && Math.hypot(event.clientX - this.start.x, event.clientY - this.start.y) > DRAGGED;
  }

  /** @param {Event} event */
  viewUnder(event) {
    const page = /** @type {HTMLElement} */ (event.target).closest?.(".page");
    return page ? this.viewer.pages.getPageView(Number(/** @type {HTMLElement} */ (page).dataset.pageNumber) - 1) : null;
  }
}

/** The place of the field that has the focus. */
export function focusedPlace() {
  const focused = document.activeElement;
  return focused instanceof HTMLElement && focused.matches("input, textarea, select") ? (focused.dataset.place ?? null) : null;
}
