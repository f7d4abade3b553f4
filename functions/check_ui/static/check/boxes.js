/** Frames on the pages around the values that were found there. */

import { focusedPlace } from "./picker.js";
import { pdfRect } from "./rects.js";

/**
 * @typedef {{id: string, page: number, box: number[], doubtful: boolean, label: string, text: string}} Box
 */

export class Boxes {
  /** @param {import("./viewer.js").Viewer} viewer @param {(id: string) => void} onPick */
  constructor(viewer, onPick) {
    this.viewer = viewer;
    this.onPick = onPick;
    /** @type {Box[]} */
    this.boxes = [];
    /** @type {string | null} */
    this.active = null;
    /** @type {import("./matches.js").Match[]} */
    this.matches = [];
    this.chosen = 0;
    const views = viewer.pages;
    for (const name of ["pagerender", "pagerendered"]) {
      viewer.events.on(name, (/** @type {any} */ event) => this.draw(views.getPageView(event.pageNumber - 1)));
    }
    // A change of zoom or rotation has just taken our layer away: put it back in the same frame.
    for (const name of ["scalechanging", "rotationchanging"]) viewer.events.on(name, () => this.drawAll());
  }

  /** @param {Box[]} boxes @param {string | null} active @param {import("./matches.js").Match[]} matches @param {number} chosen */
  set(boxes, active, matches, chosen) {
    this.boxes = boxes;
    this.active = active;
    this.matches = matches;
    this.chosen = chosen;
    this.drawAll();
  }

  drawAll() {
    for (const view of this.viewer.pages.getCachedPageViews()) this.draw(view);
  }

  /** @param {any} view */
  draw(view) {
    if (!view?.pdfPage) return; // not loaded: its viewport is still the first page's
    let layer = view.div.querySelector(":scope > .boxLayer");
    if (!layer) {
      layer = document.createElement("div");
      layer.className = "boxLayer";
      view.div.append(layer);
    }
    layer.replaceChildren(
      ...this.boxes.filter((box) => box.page === view.id).map((box) => this.element(view, box)),
      ...this.matches.flatMap((match, index) => (match.page === view.id ? [this.match(view, match, index)] : [])),
    );
  }

  /** @param {any} view @param {import("./matches.js").Match} match @param {number} index */
  match(view, match, index) {
    const frame = framed(view, match.box);
    frame.className = `match${index === this.chosen ? " chosen" : ""}`;
    return frame;
  }

  /** @param {any} view @param {Box} box */
  element(view, box) {
    const frame = framed(view, box.box);
    frame.className = `box${box.doubtful ? " doubtful" : ""}${box.id === this.active ? " on" : ""}`;
    frame.dataset.place = box.id;
    frame.title = box.label;
    frame.addEventListener("click", () => focusedPlace() || this.onPick(box.id));
    return frame;
  }
}

/** An element at a box's place on a page. @param {any} view @param {number[]} box */
function framed(view, box) {
  const [x0, y0, x1, y1] = pdfRect(view, box);
  const viewport = view.viewport;
  const [ax, ay] = viewport.convertToViewportPoint(x0, y0);
  const [bx, by] = viewport.convertToViewportPoint(x1, y1);
  const frame = document.createElement("div");
  // In percent of the page: a zoom needs no new frame.
  frame.style.left = `${(100 * Math.min(ax, bx)) / viewport.width}%`;
  frame.style.top = `${(100 * Math.min(ay, by)) / viewport.height}%`;
  frame.style.width = `${(100 * Math.abs(bx - ax)) / viewport.width}%`;
  frame.style.height = `${(100 * Math.abs(by - ay)) / viewport.height}%`;
  return frame;
}
