/** Two people changed one record: both values side by side, and the choice between them. */

import { useEffect, useRef, useState } from "preact/hooks";

import { place as placeWords } from "./labels.js";
import { html } from "./markup.js";
import { headerFields } from "./setup.js";

/**
 * @typedef {import("./draft.js").Draft} Draft
 * @typedef {{name: string, base: string, mine: string, theirs: string}} Difference
 */

const TABLES = /** @type {const} */ (["items", "taxes"]);

/** What both have changed, each to something else. @param {Draft} base @param {Draft} mine @param {Draft} theirs @returns {Difference[]} */
export function differences(base, mine, theirs) {
  const found = [...headerFields.keys()]
    .map((name) => ({ name, base: base.header[name] ?? "", mine: mine.header[name] ?? "", theirs: theirs.header[name] ?? "" }))
    .filter((each) => each.mine !== each.theirs && each.mine !== each.base && each.theirs !== each.base);
  for (const table of TABLES) {
    const [before, own, other] = [base, mine, theirs].map((draft) => JSON.stringify(draft[table].map((row) => row.cells)));
    if (own !== other && own !== before && other !== before) {
      found.push({ name: table, base: "", mine: described(mine[table], theirs[table]), theirs: described(theirs[table], mine[table]) });
    }
  }
  return found;
}

/**
 * One draft with both people's changes; where both changed the same, the chosen one's.
 * @param {Draft} base @param {Draft} mine @param {Draft} theirs @param {Set<string>} keepMine
 * @returns {Draft}
 */
export function merged(base, mine, theirs, keepMine) {
  const both = new Set(differences(base, mine, theirs).map((each) => each.name));
  const takesMine = (/** @type {string} */ name, /** @type {boolean} */ changed) => (both.has(name) ? keepMine.has(name) : changed);
  /** @type {Record<string, string>} */
  const header = {};
  for (const name of headerFields.keys()) {
    const own = mine.header[name] ?? "";
    header[name] = takesMine(name, own !== base.header[name]) ? own : (theirs.header[name] ?? "");
  }
  const [items, taxes] = TABLES.map((table) => {
    const changed = JSON.stringify(mine[table].map((row) => row.cells)) !== JSON.stringify(base[table].map((row) => row.cells));
    return takesMine(table, changed) ? mine[table].map((row) => ({ ...row, origin: null })) : theirs[table];
  });
  return { header, items: items ?? [], taxes: taxes ?? [] };
}

/** How many there are, and the first that is another than the other's. @param {import("./draft.js").Row[]} rows @param {import("./draft.js").Row[]} others */
function described(rows, others) {
  const index = rows.findIndex((row, at) => JSON.stringify(row.cells) !== JSON.stringify(others[at]?.cells));
  const words = Object.values(rows[index]?.cells ?? {}).filter(Boolean).join(" · ");
  return `${rows.length} ${rows.length === 1 ? "line" : "lines"}${words ? `; line ${index + 1}: ${words}` : ""}`;
}

/**
 * @param {{
 *   base: Draft, mine: Draft, theirs: Draft,
 *   onTheirs: () => void, onMerged: (draft: Draft) => void,
 * }} props
 */
export function Conflict(props) {
  const { base, mine, theirs } = props;
  const found = differences(base, mine, theirs);
  const [keep, setKeep] = useState(() => new Set(found.map((each) => each.name)));
  const card = useRef(/** @type {HTMLDivElement | null} */ (null));
  useEffect(() => card.current?.scrollIntoView({ block: "start" }), []); // who saved may have been far below
  const choose = (/** @type {string} */ name, /** @type {boolean} */ own) => {
    const next = new Set(keep);
    if (own) next.add(name);
    else next.delete(name);
    setKeep(next);
  };
  return html`<div class="card conflict" role="alert" ref=${card}>
    <h2>Somebody else has changed this record</h2>
    <p>${found.length ? "You both changed the values below. Choose which to keep; all other changes of you both are kept." : "Your changes and theirs touch different values: both can be kept."}</p>
    ${found.map((each) => html`<fieldset key=${each.name}>
      <legend>${placeWords(each.name, null, null)}</legend>
      <label><input type="radio" name=${`keep-${each.name}`} checked=${keep.has(each.name)} onChange=${() => choose(each.name, true)} /> Yours: <b>${each.mine || "empty"}</b></label>
      <label><input type="radio" name=${`keep-${each.name}`} checked=${!keep.has(each.name)} onChange=${() => choose(each.name, false)} /> Theirs: <b>${each.theirs || "empty"}</b></label>
    </fieldset>`)}
    <div class="acts">
      <button type="button" class="main" onClick=${() => props.onMerged(merged(base, mine, theirs, keep))}>Bring both together</button>
      <button type="button" class="plain" onClick=${props.onTheirs}>Drop mine, show theirs</button>
    </div>
  </div>`;
}
