/** Files on their way in: dropped, sent, read. */

import { useCallback, useEffect, useRef, useState } from "preact/hooks";

import { html } from "../check/markup.js";
import { progress, upload } from "./server.js";

const AT_ONCE = 2;
const LOOKED_AFTER = 1500; // milliseconds
const LOOKS = 200;

/**
 * @typedef {{key: number, file: File, sent: number, state: "waiting" | "sending" | "reading" | "done" | "failed", words: string, id: number | null}} Sending
 */

let keys = 0;

/** @param {{user: string, onUser: (user: string) => void, fixed: boolean, onRead: () => void}} props */
export function Uploads({ user, onUser, fixed, onRead }) {
  const [list, setList] = useState(/** @type {Sending[]} */ ([]));
  const [over, setOver] = useState(false);
  const chooser = useRef(/** @type {HTMLInputElement | null} */ (null));
  const change = useCallback((/** @type {number} */ key, /** @type {Partial<Sending>} */ changes) => {
    setList((now) => now.map((each) => (each.key === key ? { ...each, ...changes } : each)));
  }, []);

  const add = (/** @type {Iterable<File>} */ files) => {
    const added = [...files].map((file) => {
      const pdf = /\.pdf$/i.test(file.name);
      return /** @type {Sending} */ ({ key: ++keys, file, sent: 0, state: pdf ? "waiting" : "failed", words: pdf ? "Waiting" : "Not a PDF", id: null });
    });
    setList((now) => [...added, ...now]);
  };

  useEffect(() => {
    const under = list.filter((each) => each.state === "sending").length;
    // In the order in which they were given; each batch stands above the one before.
    const [next] = list.filter((each) => each.state === "waiting").sort((one, other) => one.key - other.key);
    if (!next || under >= AT_ONCE || !user) return;
    change(next.key, { state: "sending", words: "Sending" });
    upload(next.file, user, (sent) => change(next.key, { sent })).then(
      (done) => {
        const twin = done.duplicate_of === null ? "" : `, the same as invoice ${done.duplicate_of}`;
        change(next.key, { state: "reading", words: `Being read${twin}`, id: done.invoice_id });
        void follow(done.invoice_id, (words, state) => change(next.key, { words: words + twin, state })).then(onRead);
      },
      (error) => change(next.key, { state: "failed", words: error.message }),
    );
  }, [list, user]);

  const drop = (/** @type {DragEvent} */ event) => {
    event.preventDefault();
    setOver(false);
    add(event.dataTransfer?.files ?? []);
  };
  return html`<section class=${`card uploads${over ? " over" : ""}`} aria-labelledby="uploads-title"
      onDragOver=${(/** @type {DragEvent} */ event) => { event.preventDefault(); setOver(true); }}
      onDragLeave=${() => setOver(false)} onDrop=${drop}>
    <h2 id="uploads-title">Add invoices</h2>
    <p class="quiet">Drop PDF files here, or choose them.</p>
    <div class="row">
      ${!fixed && html`<label>User <input value=${user} onInput=${(/** @type {any} */ event) => onUser(event.currentTarget.value)} placeholder="user id" autocomplete="off" /></label>`}
      <input type="file" class="unseen" ref=${chooser} multiple accept="application/pdf,.pdf" aria-label="PDF files" tabindex="-1"
        onChange=${(/** @type {any} */ event) => { add(event.currentTarget.files); event.currentTarget.value = ""; }} />
      <button type="button" onClick=${() => chooser.current?.click()}>Choose files</button>
    </div>
    ${!user && list.some((each) => each.state === "waiting") && html`<p class="problem" role="alert">Whose invoices are these? Name the user.</p>`}
    ${list.length > 0 && html`<p class=${list.length > 1 ? "tally" : "unseen"} role="status">${tally(list)}</p>
    <ul class="sendings" tabindex="0" aria-label="Files that were given">${list.map((each) => html`<li key=${each.key} class=${each.state}>
      <bdi class="name">${each.file.name}</bdi>
      ${each.state === "sending" ? html`<progress max="1" value=${each.sent} aria-label=${`Sending ${each.file.name}`}></progress>` : html`<span class="quiet">${each.words}</span>`}
    </li>`)}</ul>`}
  </section>`;
}

/** How the files stand, where the list is too long to be seen whole. @param {Sending[]} list */
function tally(list) {
  const counts = [["done", "read"], ["reading", "being read"], ["sending", "being sent"], ["waiting", "waiting"], ["failed", "failed"]]
    .map(([state, words]) => ({ words, count: list.filter((each) => each.state === state).length }))
    .filter(({ count }) => count > 0);
  return `${list.length} ${list.length === 1 ? "file" : "files"}: ${counts.map(({ words, count }) => (list.length === 1 ? words : `${count} ${words}`)).join(", ")}`;
}

/** Follows a reading to its end. @param {number} id @param {(words: string, state: Sending["state"]) => void} tell */
async function follow(id, tell) {
  for (let look = 0; look < LOOKS; look++) {
    await new Promise((resolve) => setTimeout(resolve, LOOKED_AFTER));
    try {
      const { processing } = await progress(id);
      if (processing.state === "done") return tell("Read", "done");
      if (processing.state === "failed") return tell(`Could not be read: ${processing.stage}`, "failed");
      tell(`Being read: ${processing.stage}`, "reading");
    } catch {
      // Asked again; the count is the limit.
    }
  }
  return tell("Still being read", "reading");
}
