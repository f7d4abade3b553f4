/** What was tried on the values, and where they come from. */

import { Icon } from "./icons.js";
import { fullLabel } from "./labels.js";
import { html } from "./markup.js";

/** @type {Record<string, string>} */
const STATUS = { passed: "holds", failed: "fails", not_applicable: "does not apply" };
/** @type {Record<string, "passed" | "failed" | "idle">} */
const SIGNS = { passed: "passed", failed: "failed" };
/** @type {Record<string, string>} */
const KINDS = { model: "Model", xml: "Embedded XML", qr: "QR code", text: "Text of the PDF", ocr: "Text recognition" };

/** @param {{doc: import("./server.js").Doc, checks: import("./server.js").Check[]}} props */
export function Proofs({ doc, checks }) {
  const tried = checks.filter((check) => check.status !== "not_applicable");
  const rest = checks.length - tried.length;
  const pages = doc.pages;
  return html`<section class="card" aria-labelledby="group-checks">
      <h2 id="group-checks">Checks</h2>
      ${checks.length === 0 && html`<p class="quiet">No checks were made.</p>`}
      <ul class="checks" aria-live="polite">${[...tried].sort((one, other) => Number(one.status === "passed") - Number(other.status === "passed")).map(
        (check) => html`<li key=${check.name} class=${check.status}>
          <${Icon} name=${SIGNS[check.status] ?? "idle"} />
          <span><b>${check.name}</b> ${STATUS[check.status] ?? check.status}${check.fields?.length ? html` <span class="quiet">(${[...new Set(check.fields)].map(fullLabel).join(", ")})</span>` : ""}
          ${check.status === "failed" && check.message ? html`<br />${check.message}` : ""}</span>
        </li>`,
      )}</ul>
      ${rest > 0 && html`<p class="quiet">${rest} more ${rest === 1 ? "does" : "do"} not apply to this document.</p>`}
    </section>
    <section class="card about" aria-labelledby="group-about">
      <h2 id="group-about">About this reading</h2>
      <dl>
        ${doc.model && html`<div><dt>Read by</dt><dd>${doc.model}</dd></div>`}
        ${(doc.sources ?? []).map((source) => html`<div><dt>${KINDS[source.kind] ?? source.kind}</dt><dd>${source.name}${source.verdict ? `: ${source.verdict}` : ""}</dd></div>`)}
        ${pages && html`<div><dt>Pages</dt><dd>${pages.read} of ${pages.total} read${pages.scanned ? `, ${pages.scanned} scanned` : ""}${pages.unread?.length ? `; not read: ${pages.unread.join(", ")}` : ""}</dd></div>`}
        ${doc.duplicates?.length ? html`<div><dt>Same invoice as</dt><dd>${doc.duplicates.join(", ")}</dd></div>` : ""}
        ${doc.modified_by && html`<div><dt>Last change</dt><dd>${doc.modified_by.replace("T", " ")} UTC</dd></div>`}
      </dl>
    </section>`;
}
