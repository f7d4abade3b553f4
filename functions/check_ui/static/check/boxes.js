/** Frames on the pages around the values that were found there. */

import { pdfRect } from "./viewer.js";

/**
 * @typedef {{id: string, page: number, box: number[], doubtful: boolean, label: string}} Box
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
    const views = viewer.pages;
    for (const name of ["pagerender", "pagerendered"]) {
      viewer.events.on(name, (/** @type {any} */ event) => this.draw(views.getPageView(event.pageNumber - 1)));
    }
    // A change of zoom or rotation has just taken our layer away: put it back in the same frame.
    for (const name of ["scalechanging", "rotationchanging"]) viewer.events.on(name, () => this.drawAll());
  }

  /** @param {Box[]} boxes @param {string | null} active */
  set(boxes, active) {
    this.boxes = boxes;
    this.active = active;
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
    layer.replaceChildren(...this.boxes.filter((box) => box.page === view.id).map((box) => this.element(view, box)));
  }

  /** @param {any} view @param {Box} box */
  element(view, box) {
    const [x0, y0, x1, y1] = pdfRect(view, box.box);
    const viewport = view.viewport;
    const [ax, ay] = viewport.convertToViewportPoint(x0, y0);
    const [bx, by] = viewport.convertToViewportPoint(x1, y1);
    const frame = document.createElement("div");
    frame.className = `box${box.doubtful ? " doubtful" : ""}${box.id === this.active ? " on" : ""}`;
    frame.dataset.place = box.id;
    frame.title = box.label;
    // In percent of the page: a zoom needs no new frame.
    frame.style.left = `${(100 * Math.min(ax, bx)) / viewport.width}%`;
    frame.style.top = `${(100 * Math.min(ay, by)) / viewport.height}%`;
    frame.style.width = `${(100 * Math.abs(bx - ax)) / viewport.width}%`;
    frame.style.height = `${(100 * Math.abs(by - ay)) / viewport.height}%`;
    frame.addEventListener("click", () => this.onPick(box.id));
    return frame;
  }
}
