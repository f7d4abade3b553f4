/** The right side: everything that was read, to be looked at and corrected. */

import { Entry } from "./entry.js";
import { History } from "./history.js";
import { Icon } from "./icons.js";
import { AMOUNTS, fullLabel, GROUPS, label, place as placeWords } from "./labels.js";
import { html } from "./markup.js";
import { Proofs } from "./proofs.js";
import { headerFields } from "./setup.js";
import { Table } from "./table.js";

/**
 * @param {{
 *   doc: import("./server.js").Doc, draft: import("./draft.js").Draft, base: import("./draft.js").Draft,
 *   doubts: Map<string, import("./server.js").Reason[]>, problems: Map<string, string>,
 *   reasons: import("./doubts.js").Doubt[], live: import("./live.js").Live | null, actions: any, onGo: (place: string) => void, onBack: (version: number) => void,
 * }} props
 */
export function Form({ doc, draft, base, doubts, problems, reasons, live, actions, onGo, onBack }) {
  const entry = (/** @type {string} */ name) => {
    const field = headerFields.get(name);
    if (!field) return null;
    const text = draft.header[name] ?? "";
    const confidence = doc.data?.confidence?.[name];
    return html`<${Entry} key=${name} place=${name} field=${field} label=${label(name)} fullLabel=${fullLabel(name)} text=${text}
      changed=${text !== base.header[name]} disabled=${false} live=${live !== null} reasons=${doubts.get(name) ?? []} problem=${problems.get(name) ?? null}
      evidence=${doc.evidence?.[name] ?? null} confidence=${confidence === null || confidence === undefined ? null : Number(confidence)}
      onText=${(/** @type {string} */ typed) => actions.setHeader(name, typed)} onFocus=${() => actions.focus(name)} />`;
  };
  const shared = { live: live !== null, doubts, problems, disabled: false, actions };
  return html`<form class="form" onSubmit=${(/** @type {Event} */ event) => event.preventDefault()}>
    ${reasons.length > 0 && html`<section class="card doubts" aria-labelledby="doubts-title">
      <h2 id="doubts-title"><${Icon} name="doubt" />To look at</h2>
      <ul>${reasons.map((reason) => html`<li>${
        reason.field === null
          ? html`<b>${placeWords(null, null, null)}:</b> ${reason.message}`
          : html`<button type="button" class="link" onClick=${() => onGo(reason.place)}>${placeWords(reason.field, reason.item, reason.cell)}</button>: ${reason.message}`
      }</li>`)}</ul>
    </section>`}
    ${GROUPS.map((group) => html`<section class="card" key=${group.id} aria-labelledby=${`group-${group.id}`}>
      <h2 id=${`group-${group.id}`}>${group.title}</h2>
      <div class="entries">${group.fields.map(entry)}</div>
    </section>`)}
    <section class="card" aria-labelledby="group-items">
      <h2 id="group-items">Lines <span class="quiet">${draft.items.length}</span></h2>
      ${(doubts.get("items") ?? []).map((reason) => html`<p class="reason"><${Icon} name="doubt" />${reason.message}</p>`)}
      <${Table} table="items" rows=${draft.items} base=${base.items} ...${shared} />
    </section>
    <section class="card" aria-labelledby="group-amounts">
      <h2 id="group-amounts">Amounts ${draft.header.currency ? html`<span class="quiet">in ${draft.header.currency}</span>` : ""}</h2>
      <div class="entries amounts">${AMOUNTS.map(entry)}</div>
      <h3>Taxes</h3>
      ${(doubts.get("taxes") ?? []).map((reason) => html`<p class="reason"><${Icon} name="doubt" />${reason.message}</p>`)}
      <${Table} table="taxes" rows=${draft.taxes} base=${base.taxes} ...${shared} />
    </section>
    ${(doc.history?.length ?? 0) > 1 && html`<${History} history=${doc.history} current=${doc.version} onBack=${onBack} />`}
    <${Proofs} doc=${doc} checks=${live?.checks ?? doc.checks ?? []} />
  </form>`;
}
