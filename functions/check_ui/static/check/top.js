/** The bar at the top: which record this is, how it stands, and what can be done with it. */

import { Icon } from "./icons.js";
import { html } from "./markup.js";
import { setup } from "./setup.js";

/**
 * @param {{
 *   doc: import("./server.js").Doc | null, dirty: boolean,
 *   notice: {kind: "good" | "bad" | "busy" | "told", text: string} | null, onSave: () => void, onVerify: () => void, onHelp: () => void,
 * }} props
 */
export function Top({ doc, dirty, notice, onSave, onVerify, onHelp }) {
  const ready = Boolean(doc?.data) && notice?.kind !== "busy";
  const verified = doc?.manual_verified === "Y";
  const reasons = doc?.review?.reasons.length ?? 0;
  return html`<header class="top">
    <div class="what">
      <h1 title=${setup.file_name}><bdi>${setup.file_name}</bdi></h1>
      <p class="quiet">${setup.parameter === "id" ? "Record" : "Invoice"} ${setup.number}${doc?.version ? ` · version ${doc.version}` : ""}</p>
    </div>
    <p class=${`state ${verified ? "verified" : reasons ? "doubtful" : "plain"}`}>
      ${!doc?.data ? "" : verified ? "✓ Verified" : reasons ? `△ ${reasons} to look at` : "Nothing doubtful"}
    </p>
    <p class=${`notice ${notice?.kind ?? ""}`} role="status">${notice?.text ?? (dirty ? "Changes not saved yet" : "")}</p>
    <div class="acts">
      <button type="button" class="tool" title="Keys (?)" aria-label="Keys" onClick=${onHelp}><${Icon} name="help" /></button>
      <button type="button" class="plain" disabled=${!ready || !dirty} onClick=${onSave} title="Ctrl+S" aria-keyshortcuts="Control+S">Save</button>
      <button type="button" class="main" disabled=${!ready || (verified && !dirty)} onClick=${onVerify} title="Ctrl+Enter" aria-keyshortcuts="Control+Enter">Verify</button>
    </div>
  </header>`;
}
