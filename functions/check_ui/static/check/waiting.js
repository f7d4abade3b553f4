/** A record that has no data: it is still being read, or could not be. */

import { useEffect, useState } from "preact/hooks";

import { html } from "./markup.js";
import { load, readAgain } from "./server.js";
import { setup } from "./setup.js";

const FIRST_PAUSE = 1000; // milliseconds
const LONGEST_PAUSE = 5000;
const ASKED = 150; // times: some twelve minutes

/** Whether a reading is under way, or the record has nothing to show. @param {import("./server.js").Doc} doc */
export function waitingFor(doc) {
  return reading(doc) || !doc.data;
}

/** @param {import("./server.js").Doc} doc */
function reading(doc) {
  return doc.processing.state === "queued" || doc.processing.state === "reading";
}

/** @param {{doc: import("./server.js").Doc, byHand: boolean, onByHand: () => void, onDoc: (doc: import("./server.js").Doc) => void}} props */
export function Waiting({ doc, byHand, onByHand, onDoc }) {
  const [seen, setSeen] = useState(doc);
  const [asked, setAsked] = useState(0);
  const under = reading(seen);
  useEffect(() => {
    if (!under || asked >= ASKED) return undefined;
    const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE + 100 * asked);
    const timer = setTimeout(async () => {
      try {
        const now = await load();
        // What a person is typing over an older result stays: only its end replaces it.
        if (reading(now)) setSeen(now);
        else onDoc(now);
      } catch {
        // Asked again below; the count is the limit.
      }
      setAsked(asked + 1);
    }, pause);
    return () => clearTimeout(timer);
  }, [under, asked]);

  if (under && asked >= ASKED)
    return html`<div class="card waiting" role="status"><h2>Not read yet</h2>
      <p>Reading takes longer than usual.</p><button type="button" class="plain" onClick=${() => setAsked(0)}>Look again</button></div>`;
  if (under)
    return html`<div class="card waiting" role="status"><h2>${doc.data ? "Being read again" : "Being read"}</h2>
      <p>${seen.processing.stage ?? "waiting"}${(seen.processing.attempt ?? 1) > 1 ? ` · attempt ${seen.processing.attempt}` : ""}</p>
      <progress aria-label="Reading"></progress></div>`;
  return html`<${Failed} doc=${seen} byHand=${byHand} onByHand=${onByHand} onAgain=${() => load().then(onDoc)} />`;
}

/** @param {{doc: import("./server.js").Doc, byHand: boolean, onByHand: () => void, onAgain: () => unknown}} props */
function Failed({ doc, byHand, onByHand, onAgain }) {
  const [problem, setProblem] = useState("");
  const again = async () => {
    try {
      await readAgain();
      await onAgain();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return html`<div class="card failed" role="alert"><h2>This document could not be read</h2>
    <p>${doc.message ?? "The reason is not known."}</p>
    ${byHand && html`<p>Type what the page shows, or click it on the page. Save keeps the values, Verify vouches for them.</p>`}
    <div class="acts">
      ${!byHand && html`<button type="button" class="main" onClick=${onByHand}>Fill in by hand</button>`}
      ${setup.parameter === "invoice_id" && html`<button type="button" class="plain" onClick=${again}>Read again</button>`}
    </div>
    ${problem && html`<p class="problem">${problem}</p>`}
  </div>`;
}
