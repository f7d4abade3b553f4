/** Small pictures of the pages, drawn one after another as they come into view, and let go as they leave it. */

import { useEffect, useRef } from "preact/hooks";

import { html } from "./markup.js";

const WIDTH = 96; // CSS pixels

/** @param {{viewer: import("./viewer.js").Viewer, total: number, page: number}} props */
export function Sketches({ viewer, total, page }) {
  const list = useRef(/** @type {HTMLOListElement | null} */ (null));

  useEffect(() => {
    if (!list.current) return undefined;
    let drawing = Promise.resolve();
    /** @type {Set<HTMLCanvasElement>} */
    const near = new Set();
    /** @type {Set<HTMLCanvasElement>} */
    const drawn = new Set();
    const settle = async (/** @type {HTMLCanvasElement} */ canvas) => {
      if (near.has(canvas) && !drawn.has(canvas)) {
        drawn.add(canvas);
        await viewer.sketch(Number(canvas.dataset.page), canvas, WIDTH).catch(() => undefined);
        canvas.style.aspectRatio = "";
      }
      if (!near.has(canvas) && drawn.delete(canvas)) release(canvas);
    };
    const seen = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        const canvas = /** @type {HTMLCanvasElement} */ (entry.target);
        if (entry.isIntersecting) near.add(canvas);
        else near.delete(canvas);
        drawing = drawing.then(() => settle(canvas));
      }
    }, { root: list.current, rootMargin: "200px" });
    for (const canvas of list.current.querySelectorAll("canvas")) seen.observe(canvas);
    return () => seen.disconnect();
  }, [total]);

  useEffect(() => {
    list.current?.querySelector('[aria-current="page"]')?.scrollIntoView({ block: "nearest" });
  }, [page]);

  return html`<ol class="sketches" ref=${list} aria-label="Pages" tabindex="-1">
    ${Array.from({ length: total }, (_, index) => index + 1).map((number) => html`<li key=${number}>
      <button type="button" aria-current=${number === page ? "page" : undefined} aria-label=${`Page ${number}`}
        onClick=${() => viewer.pages.scrollPageIntoView({ pageNumber: number })}>
        <canvas data-page=${number} width=${WIDTH} height=${Math.round(WIDTH * 1.41)}></canvas><span>${number}</span>
      </button></li>`)}
  </ol>`;
}

/** Gives back what a canvas holds; it keeps its room. @param {HTMLCanvasElement} canvas */
function release(canvas) {
  canvas.style.aspectRatio = `${canvas.width} / ${canvas.height}`;
  canvas.width = canvas.height = 0;
}
