/** The bar at the top: which record this is, how it stands, and what can be done with it. */

import { Export } from "./export.js";
import { Icon } from "./icons.js";
import { html } from "./markup.js";
import { setup } from "./setup.js";

/**
 * @param {{
 *   order: import("./neighbours.js").Neighbours | null,
 *   doc: import("./server.js").Doc | null, editable: boolean, reasons: number, dirty: boolean,
 *   notice: {kind: "good" | "bad" | "busy" | "told", text: string} | null, onSave: () => void, onVerify: () => void, onTakeBack: () => void, onHelp: () => void,
 * }} props
 */
export function Top({ order, doc, editable, reasons, dirty, notice, onSave, onVerify, onTakeBack, onHelp }) {
  const ready = editable && notice?.kind !== "busy";
  const verified = doc?.manual_verified === "Y" && !dirty;
  return html`<header class="top">
    <div class="what">
      <h1 title=${setup.file_name} dir="auto">${setup.file_name}</h1>
      <p class="quiet">${setup.parameter === "id" ? "Record" : "Invoice"} ${setup.number}${doc?.version ? ` · version ${doc.version}` : ""}</p>
    </div>
    ${order && html`<nav class="order" aria-label="The queue">
      ${step("Previous record (K)", "previous", order.previous)}
      <a href=${order.back}>${order.place} of ${order.total}</a>
      ${step("Next record (J)", "next", order.next)}
    </nav>`}
    <p class=${`state ${verified ? "verified" : reasons ? "doubtful" : "plain"}`}>
      ${!doc?.data ? "" : verified ? "✓ Verified" : reasons ? `△ ${reasons} to look at` : "Nothing doubtful"}
    </p>
    <p class=${`notice ${notice?.kind ?? ""}`} role="status">${notice?.text ?? (dirty ? "Changes not saved yet" : "")}</p>
    <div class="acts">
      <${Export} disabled=${!doc?.data} />
      <button type="button" class="tool" title="Keys (?)" aria-label="Keys" onClick=${onHelp}><${Icon} name="help" /></button>
      <button type="button" class="plain" disabled=${!ready || !dirty} onClick=${onSave} title="Ctrl+S" aria-keyshortcuts="Control+S">Save</button>
      ${
        verified
          ? html`<button type="button" key="back" class="plain" disabled=${!ready} onClick=${onTakeBack} title="Mark as not verified">Not verified</button>`
          : html`<button type="button" key="verify" class="main" disabled=${!ready || (!doc?.data && !dirty)} onClick=${onVerify} title="Ctrl+Enter" aria-keyshortcuts="Control+Enter">Verify</button>`
      }
    </div>
  </header>`;
}

/** @param {string} name @param {string} icon @param {string | null} url */
function step(name, icon, url) {
  return url
    ? html`<a class="tool" href=${url} title=${name} aria-label=${name}><${Icon} name=${icon} /></a>`
    : html`<span class="tool off" aria-hidden="true"><${Icon} name=${icon} /></span>`;
}
