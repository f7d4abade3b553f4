/** The left side: the PDF with its tools. */

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

import { Boxes } from "./boxes.js";
import { Icon } from "./icons.js";
import { html } from "./markup.js";
import { container, opened, viewer as coming } from "./opening.js";
import { whyNot } from "./piece.js";
import { Picker } from "./picker.js";
import { Search } from "./search.js";
import { partUrl } from "./setup.js";
import { Sketches } from "./sketches.js";

/**
 * @typedef {import("./viewer.js").Viewer} Viewer
 *
 * @param {{
 *   words: string | null, boxes: import("./boxes.js").Box[], active: string | null, matches: import("./matches.js").Match[], chosen: number,
 *   onPick: (place: string) => void, onTake: (taken: import("./picker.js").Taken) => void, onNothing: () => void,
 *   onViewer: (viewer: Viewer) => void,
 * }} props
 */
export function Paper(props) {
  const { words, boxes, active, matches, chosen } = props;
  const desk = useRef(/** @type {HTMLDivElement | null} */ (null));
  const parts = useRef(/** @type {{viewer: Viewer, frames: Boxes} | null} */ (null));
  const calls = useRef(props);
  calls.current = props;
  const [state, setState] = useState(/** @type {{total: number, problem: string | null}} */ ({ total: 0, problem: null }));
  const [page, setPage] = useState(1);
  const [percent, setPercent] = useState(100);
  const [side, setSide] = useState(/** @type {"none" | "sketches"} */ ("none"));
  const [searching, setSearching] = useState(false);
  const [pictures, setPictures] = useState(/** @type {number[]} */ ([])); // pages without text

  useLayoutEffect(() => moveTo(/** @type {HTMLElement} */ (desk.current)), []);

  useEffect(() => {
    /** @param {Viewer} viewer */
    const take = (viewer) => {
      const frames = new Boxes(viewer, (place) => calls.current.onPick(place));
      parts.current = { viewer, frames };
      new Picker(viewer, container, (taken) => calls.current.onTake(taken), () => calls.current.onNothing(), (number) => framedOn(calls.current.boxes, number));
      const { events, pages } = viewer;
      const tell = {
        pagechanging: () => setPage(pages.currentPageNumber),
        scalechanging: () => setPercent(Math.round(pages.currentScale * 100)),
        textlayerrendered: () => setPictures([...viewer.pictures]),
      };
      for (const [name, told] of Object.entries(tell)) {
        events.on(name, told);
        told(); // what came before
      }
      calls.current.onViewer(viewer);
    };
    coming.then(take).then(() => opened).then(
      (total) => setState({ total, problem: null }),
      (error) => setState({ total: 0, problem: whyNot(error) }),
    );
  }, []);

  useEffect(() => {
    if (state.total) void parts.current?.viewer.recognise(words);
  }, [words, state.total]);

  useEffect(() => {
    parts.current?.frames.set(boxes, active, matches, chosen);
  }, [boxes, active, matches, chosen, state.total]);

  useEffect(() => {
    const box = boxes.find((each) => each.id === active);
    if (box && state.total) void parts.current?.viewer.show(box.page, box.box);
  }, [active, state.total]);

  useEffect(() => {
    const match = matches[chosen];
    if (match) void parts.current?.viewer.show(match.page, match.box);
  }, [matches, chosen]);

  const tool = (/** @type {string} */ name, /** @type {string} */ sign, /** @type {(viewer: Viewer) => void} */ act, /** @type {boolean} */ pressed = false) =>
    html`<button type="button" key=${name} class="tool" title=${name} aria-label=${name} aria-pressed=${pressed ? "true" : undefined} disabled=${!state.total}
      onClick=${() => parts.current && act(parts.current.viewer)}><${Icon} name=${sign} /></button>`;

  return html`<section class="paper" aria-label="Document">
    <div class="tools" role="toolbar" aria-label="Page tools">
      ${state.total > 1 ? tool("Small pictures of the pages", "sketches", () => setSide(side === "none" ? "sketches" : "none"), side !== "none") : ""}
      ${tool("Previous page", "previous", (viewer) => viewer.pages.previousPage())}
      <span class="where">${state.total ? `Page ${page} of ${state.total}` : state.problem ? "No page" : "Loading …"}</span>
      ${tool("Next page", "next", (viewer) => viewer.pages.nextPage())}
      <span class="gap"></span>
      ${tool("Search", "search", () => setSearching(!searching), searching)}
      ${tool("Smaller", "smaller", (viewer) => viewer.zoom(1 / 1.25))}
      <span class="where percent">${state.total ? `${percent} %` : ""}</span>
      ${tool("Larger", "larger", (viewer) => viewer.zoom(1.25))}
      ${tool("Fit width", "width", (viewer) => viewer.fit("page-width"))}
      ${tool("Fit page", "page", (viewer) => viewer.fit("page-fit"))}
      ${tool("Turn", "turn", (viewer) => viewer.rotate())}
      <a class="tool" href=${partUrl("/check/file/")} target="_blank" rel="noopener" title="Open the PDF by itself" aria-label="Open the PDF by itself"><${Icon} name="open" /></a>
    </div>
    ${searching && parts.current && html`<${Search} viewer=${parts.current.viewer} onClose=${() => setSearching(false)} />`}
    <div class="sheet">
      ${side === "sketches" && parts.current && html`<${Sketches} viewer=${parts.current.viewer} total=${state.total} page=${page} />`}
      <div class="desk" ref=${desk}>
        ${pictures.includes(page) && html`<p class="picture" role="note">This page is a picture: ${framedOn(boxes, page).length ? "only the framed values can be picked from it." : "no words can be picked from it. Type what it shows."}</p>`}
        ${state.problem && html`<p class="unshown" role="alert">${state.problem}</p>`}
      </div>
    </div>
    <p class="unseen" role="status">${matches.length ? `${matches.length} places on the page match. Arrow keys choose, Control and Space takes one.` : ""}</p>
  </section>`;
}

/** Puts the pages, which may be painted and scrolled already, to where they stay. @param {HTMLElement} desk */
function moveTo(desk) {
  const { scrollLeft, scrollTop } = container;
  const focused = document.activeElement === container;
  desk.prepend(container);
  if (scrollLeft || scrollTop) container.scrollTo(scrollLeft, scrollTop);
  if (focused) container.focus({ preventScroll: true });
}

/** The values that were found on a page. @param {import("./boxes.js").Box[]} boxes @param {number} page */
function framedOn(boxes, page) {
  return boxes.filter((each) => each.page === page && each.text);
}
