/** Looking for a text in the PDF. */

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

import { Icon } from "./icons.js";
import { html } from "./markup.js";

const NOT_FOUND = 1; // of updatefindcontrolstate

/** @param {{viewer: import("./viewer.js").Viewer, onClose: () => void}} props */
export function Search({ viewer, onClose }) {
  const input = useRef(/** @type {HTMLInputElement | null} */ (null));
  const [query, setQuery] = useState("");
  const [count, setCount] = useState({ current: 0, total: 0 });
  const [missing, setMissing] = useState(false);

  useLayoutEffect(() => input.current?.focus(), []); // at once: who clicked may type before the effects have run
  useEffect(() => {
    const counted = (/** @type {any} */ event) => setCount(event.matchesCount);
    const settled = (/** @type {any} */ event) => {
      setCount(event.matchesCount);
      setMissing(event.state === NOT_FOUND);
    };
    viewer.events.on("updatefindmatchescount", counted);
    viewer.events.on("updatefindcontrolstate", settled);
    return () => {
      viewer.events.off("updatefindmatchescount", counted);
      viewer.events.off("updatefindcontrolstate", settled);
      viewer.events.dispatch("findbarclose", { source: window });
    };
  }, []);

  const type = (/** @type {string} */ text) => {
    setQuery(text);
    viewer.find(text);
  };
  const keys = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Enter") viewer.find(query, { again: true, back: event.shiftKey });
    if (event.key === "Escape") onClose();
  };
  return html`<div class="tools search" role="search" aria-label="Search the document">
    <input type="search" ref=${input} value=${query} placeholder="Search the document" aria-label="Text to look for"
      onInput=${(/** @type {any} */ event) => type(event.currentTarget.value)} onKeyDown=${keys} />
    <span class="where" role="status">${!query ? "" : missing ? "Not found" : count.total ? `${count.current} of ${count.total}` : ""}</span>
    <button type="button" class="tool" title="Previous hit" aria-label="Previous hit" onClick=${() => viewer.find(query, { again: true, back: true })}><${Icon} name="up" /></button>
    <button type="button" class="tool" title="Next hit" aria-label="Next hit" onClick=${() => viewer.find(query, { again: true })}><${Icon} name="down" /></button>
    <button type="button" class="tool" title="Close the search" aria-label="Close the search" onClick=${onClose}><${Icon} name="remove" /></button>
  </div>`;
}
