/** The left side: the PDF with its tools. */

import { useEffect, useRef, useState } from "preact/hooks";

import { Boxes } from "./boxes.js";
import { Icon } from "./icons.js";
import { html } from "./markup.js";
import { partUrl } from "./setup.js";
import { Viewer, whyNot } from "./viewer.js";

/**
 * @param {{
 *   boxes: import("./boxes.js").Box[], active: string | null, onPick: (place: string) => void,
 * }} props
 */
export function Paper({ boxes, active, onPick }) {
  const container = useRef(/** @type {HTMLDivElement | null} */ (null));
  const parts = useRef(/** @type {{viewer: Viewer, frames: Boxes} | null} */ (null));
  const pick = useRef(onPick);
  pick.current = onPick;
  const [state, setState] = useState(/** @type {{total: number, problem: string | null}} */ ({ total: 0, problem: null }));
  const [page, setPage] = useState(1);
  const [percent, setPercent] = useState(100);

  useEffect(() => {
    if (!container.current) return undefined;
    const viewer = new Viewer(container.current, partUrl("/check/file/"));
    parts.current = { viewer, frames: new Boxes(viewer, (place) => pick.current(place)) };
    viewer.events.on("pagechanging", (/** @type {any} */ event) => setPage(event.pageNumber));
    viewer.events.on("scalechanging", (/** @type {any} */ event) => setPercent(Math.round(event.scale * 100)));
    viewer.open().then(
      (total) => setState({ total, problem: null }),
      (error) => setState({ total: 0, problem: whyNot(error) }),
    );
    return () => viewer.close();
  }, []);

  useEffect(() => {
    parts.current?.frames.set(boxes, active);
  }, [boxes, active]);

  useEffect(() => {
    const box = boxes.find((each) => each.id === active);
    if (box && state.total) void parts.current?.viewer.show(box.page, box.box);
  }, [active, state.total]);

  const tool = (/** @type {string} */ name, /** @type {string} */ sign, /** @type {(viewer: Viewer) => void} */ act) =>
    html`<button type="button" class="tool" title=${name} aria-label=${name} disabled=${!state.total}
      onClick=${() => parts.current && act(parts.current.viewer)}><${Icon} name=${sign} /></button>`;

  return html`<section class="paper" aria-label="Document">
    <div class="tools" role="toolbar" aria-label="Page tools">
      ${tool("Previous page", "previous", (viewer) => viewer.pages.previousPage())}
      <span class="where">${state.total ? `Page ${page} of ${state.total}` : state.problem ? "No page" : "Loading …"}</span>
      ${tool("Next page", "next", (viewer) => viewer.pages.nextPage())}
      <span class="gap"></span>
      ${tool("Smaller", "smaller", (viewer) => viewer.zoom(1 / 1.25))}
      <span class="where percent">${state.total ? `${percent} %` : ""}</span>
      ${tool("Larger", "larger", (viewer) => viewer.zoom(1.25))}
      ${tool("Fit width", "width", (viewer) => viewer.fit("page-width"))}
      ${tool("Fit page", "page", (viewer) => viewer.fit("page-fit"))}
      ${tool("Turn", "turn", (viewer) => viewer.rotate())}
      <a class="tool" href=${partUrl("/check/file/")} target="_blank" rel="noopener" title="Open the PDF by itself" aria-label="Open the PDF by itself"><${Icon} name="open" /></a>
    </div>
    <div class="sheet">
      <div class="pages" ref=${container} tabindex="0" role="region" aria-label="Pages">
        <div class="pdfViewer"></div>
      </div>
      ${state.problem && html`<p class="unshown" role="alert">${state.problem}</p>`}
    </div>
  </section>`;
}
