/** Small pictures of the pages, drawn one after another as they come into view. */

import { useEffect, useRef } from "preact/hooks";

import { html } from "./markup.js";

const WIDTH = 96; // CSS pixels

/** @param {{viewer: import("./viewer.js").Viewer, total: number, page: number}} props */
export function Sketches({ viewer, total, page }) {
  const list = useRef(/** @type {HTMLOListElement | null} */ (null));

  useEffect(() => {
    if (!list.current) return undefined;
    let drawing = Promise.resolve();
    const seen = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        const canvas = /** @type {HTMLCanvasElement} */ (entry.target);
        if (!entry.isIntersecting) continue;
        seen.unobserve(canvas);
        drawing = drawing.then(() => viewer.sketch(Number(canvas.dataset.page), canvas, WIDTH)).catch(() => undefined);
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
