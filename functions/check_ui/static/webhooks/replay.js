/** Sending a hit again: to which URL, what will be sent, and, once a person has confirmed it, what came back. */

import { useLayoutEffect, useRef, useState } from "preact/hooks";

import { html } from "../check/markup.js";
import { replay } from "./log.js";

/** The URL of the last replay: who tries a receiver sends several hits there. */
let last = "";

/** @param {{time: string}} props */
export function Replay({ time }) {
  const [open, setOpen] = useState(false);
  const [url, setUrl] = useState(last);
  const [planned, setPlanned] = useState(/** @type {import("./log.js").Planned | null} */ (null));
  const [answer, setAnswer] = useState(/** @type {import("./log.js").Answered | null} */ (null));
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const asked = useRef("");
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  useLayoutEffect(() => field.current?.focus(), [open]); // once: the log is drawn anew every few seconds

  const ask = async (/** @type {boolean} */ only) => {
    setBusy(true);
    setProblem("");
    setAnswer(null);
    try {
      // What is confirmed is what was shown, whatever stands in the field by now.
      if (only) asked.current = url.trim();
      const done = await replay(time, asked.current, only);
      last = asked.current;
      setPlanned(only ? done.request : null);
      setAnswer(done.answer ?? null);
    } catch (error) {
      setPlanned(null);
      setProblem(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  const cancel = () => {
    setPlanned(null);
    setProblem("");
    setAnswer(null);
  };

  if (!open) return html`<div class="replay"><button type="button" onClick=${() => { setUrl(last); setOpen(true); }}>Send again …</button></div>`;
  return html`<section class="replay" aria-label="Send this hit again">
    <form class="row" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); void ask(true); }}>
      <label>To this URL of yours <input type="url" required pattern="https?://.+" value=${url} placeholder="https://" autocomplete="url" spellcheck=${false}
        ref=${field}
        onInput=${(/** @type {any} */ event) => { setUrl(event.currentTarget.value); setPlanned(null); }} /></label>
      ${!planned && html`<button disabled=${busy}>${busy ? "Looking …" : "Look at what is sent"}</button>`}
      <button type="button" onClick=${() => { cancel(); setOpen(false); }}>Close</button>
    </form>
    ${planned && html`<${Plan} planned=${planned} busy=${busy} onSend=${() => ask(false)} onCancel=${cancel} />`}
    ${problem && html`<p class="problem" role="alert">${problem}</p>`}
    ${answer && html`<${Answer} answer=${answer} />`}
  </section>`;
}

/** @param {{planned: import("./log.js").Planned, busy: boolean, onSend: () => void, onCancel: () => void}} props */
function Plan({ planned, busy, onSend, onCancel }) {
  return html`<div class="plan" role="group" aria-label="What will be sent">
    <p><b>${planned.method}</b> <bdi>${planned.url}</bdi> <span class="quiet">at ${planned.address}</span></p>
    <table><tbody>${Object.entries(planned.headers).map(([name, value]) => html`<tr key=${name}><th scope="row"><bdi>${name}</bdi></th><td><bdi>${value}</bdi></td></tr>`)}</tbody></table>
    <p>${planned.body_bytes ? `${planned.body_bytes.toLocaleString("en")} bytes of body` : "No body"} <span class="quiet">· Credentials are not kept in the log, so none are sent.</span></p>
    <p class="acts"><button type="button" class="main" disabled=${busy} onClick=${onSend}>${busy ? "Sending …" : "Send it"}</button>
      <button type="button" disabled=${busy} onClick=${onCancel}>Do not send</button></p>
  </div>`;
}

/** @param {{answer: import("./log.js").Answered}} props */
function Answer({ answer }) {
  const taken = answer.status >= 200 && answer.status < 300;
  return html`<div class="plan" role="status">
    <p><b class=${taken ? "good" : "bad"}>${taken ? "Delivered" : "Answered"}: ${answer.status}</b> <span class="quiet">after ${answer.seconds} s${answer.content_type ? html` · <bdi>${answer.content_type}</bdi>` : ""}</span></p>
    ${answer.body && html`<pre tabindex="0">${answer.body}${answer.truncated ? " …" : ""}</pre>`}
  </div>`;
}
