/** A table of lines that can be edited: the items, and the taxes. */

import { Component } from "preact";
import { useMemo, useState } from "preact/hooks";

import { Input } from "./entry.js";
import { Icon } from "./icons.js";
import { rowId } from "./draft.js";
import { gridOf } from "./edits.js";
import { columnHead, columnLabel, label, place as placeWords } from "./labels.js";
import { html } from "./markup.js";
import { NUMBER_KINDS, setup } from "./setup.js";
import { Sides } from "./sides.js";

const MOST = 24; // characters
const DIGIT = 0.58; // rem
const EDGES = 1.3;

/** Columns that are always shown; others where a line has something in them. */
const ESSENTIAL = new Set(["description", "quantity", "unit_price", "amount"]);

/** @typedef {import("./edits.js").Edits & {focus: (place: string) => void}} Actions */

/**
 * @param {{
 *   table: "items" | "taxes", rows: import("./draft.js").Row[], base: import("./draft.js").Row[], live: boolean,
 *   doubts: Map<string, import("./server.js").Reason[]>, problems: Map<string, string>,
 *   disabled: boolean, actions: Actions,
 * }} props
 */
export function Table({ table, rows, base, live, doubts, problems, disabled, actions }) {
  const [all, setAll] = useState(false);
  const every = setup.fields[table];
  const used = every.filter((cell) => ESSENTIAL.has(cell.name) || table === "taxes" || rows.some((row) => row.cells[cell.name]) || base.some((row) => row.cells[cell.name]));
  const names = (all ? every : used).map((cell) => cell.name).join(" ");
  const cells = useMemo(() => (all ? every : used), [names]);
  const widths = useMemo(() => new Map(cells.map((cell) => [cell.name, widthOf(cell, rows)])), [cells, rows]);
  const one = table === "items" ? "line" : "tax";
  return html`<div class=${`lines ${table}`}>
    ${rows.length > 0 && html`<div class="scroller" tabindex="-1"><table>
      <caption class="unseen">${label(table)}</caption>
      <thead><tr>
        <th scope="col" class="index">#</th>
        ${cells.map((cell) => html`<th scope="col" key=${cell.name} class=${`kind-${cell.kind} cell-${cell.name}`} style=${widths.get(cell.name)} title=${cell.meaning}>${columnHead(table, cell.name)}</th>`)}
        <th scope="col" class="acts"><span class="unseen">Actions</span></th>
      </tr></thead>
      <tbody>
        ${rows.map((row, index) => html`<${Row} key=${row.key} table=${table} row=${row} index=${index} last=${index === rows.length - 1}
          base=${row.origin === null ? null : (base[row.origin] ?? null)} live=${live} cells=${cells} doubts=${doubts} problems=${problems} disabled=${disabled} actions=${actions} />`)}
      </tbody>
    </table></div>`}
    ${rows.length === 0 && html`<p class="none">${table === "items" ? "No lines were read." : "No taxes were read."}</p>`}
    <div class="under">
      ${!disabled && html`<button type="button" class="plain" onClick=${() => actions.add(table)}>+ Add a ${one}</button>`}
      ${rows.length > 0 && (all || used.length < every.length) && html`<button type="button" class="plain" aria-pressed=${all ? "true" : "false"} onClick=${() => setAll(!all)}>${all ? "Fewer columns" : "All columns"}</button>`}
    </div>
  </div>`;
}

/** Room for the longest number or unit of a column; the other columns have theirs by the style sheet. @param {import("./setup.js").Field} cell @param {import("./draft.js").Row[]} rows */
function widthOf(cell, rows) {
  const fits = cell.name === "unit" ? 3 : cell.kind === "money" ? 5 : NUMBER_KINDS.has(cell.kind) ? 3 : null;
  if (fits === null) return undefined;
  const longest = Math.min(MOST, rows.reduce((most, row) => Math.max(most, row.cells[cell.name]?.length ?? 0), 0));
  return longest > fits ? { width: `${(longest * DIGIT + EDGES).toFixed(1)}rem` } : undefined;
}

class Row extends Component {
  /** Rows are many: one is drawn again only when something of its own is another. @param {any} next */
  shouldComponentUpdate(next) {
    const now = /** @type {any} */ (this.props);
    return ["row", "index", "last", "base", "live", "cells", "doubts", "problems", "disabled", "actions"].some((name) => now[name] !== next[name]);
  }

  render() {
    const { table, row, index, last, base, live, doubts, problems, disabled, actions } = /** @type {any} */ (this.props);
    /** @type {import("./setup.js").Field[]} */
    const cells = /** @type {import("./setup.js").Field[]} */ (/** @type {any} */ (this.props).cells);
    const reasons = reasonsOf(doubts, table, row, cells, live ? null : base);
    const words = table === "items" ? `line ${index + 1}` : `tax ${index + 1}`;
    const pasted = (/** @type {ClipboardEvent} */ event, /** @type {string} */ cell) => {
      const grid = gridOf(event.clipboardData?.getData("text/plain") ?? "");
      if (!grid) return;
      event.preventDefault();
      actions.paste(table, row.key, cells.map((each) => each.name).slice(cells.findIndex((each) => each.name === cell)), grid);
    };
    const keys = (/** @type {KeyboardEvent} */ event) => {
      if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
      event.preventDefault();
      actions.move(table, row.key, event.key === "ArrowUp" ? (index ? -1 : 0) : 1);
    };
    return html`<tr class=${reasons.length ? "doubtful" : ""} onKeyDown=${keys}>
        <th scope="row" class="index">${index + 1}</th>
        ${cells.map((/** @type {import("./setup.js").Field} */ cell) => {
          const place = `${table}.${index}.${cell.name}`;
          const text = row.cells[cell.name];
          const changed = !base || base.cells[cell.name] !== text;
          const own = changed && !live ? [] : (doubts.get(`${table}.${rowId(row)}.${cell.name}`) ?? []);
          const problem = problems.get(place);
          return html`<td key=${cell.name} data-label=${columnLabel(table, cell.name)} onPaste=${(/** @type {ClipboardEvent} */ event) => pasted(event, cell.name)} class=${`kind-${cell.kind} cell-${cell.name}${own.length ? " doubtful" : ""}${changed ? " changed" : ""}${problem ? " wrong" : ""}`}>
            <${Input} place=${place} field=${cell} label=${placeWords(table, index, cell.name)} text=${text} disabled=${disabled} invalid=${Boolean(problem)}
              describedBy=${own.length || problem ? `notes-${table}.${index}` : undefined}
              onText=${(/** @type {string} */ typed) => actions.setCell(table, row.key, cell.name, typed)}
              onFocus=${() => actions.focus(`${table}.${rowId(row)}.${cell.name}`)} />
          </td>`;
        })}
        <td class="acts"><div>${!disabled && html`
          <button type="button" class="move" title="Up" aria-label=${`Move ${words} up`} disabled=${index === 0} onClick=${() => actions.move(table, row.key, -1)}><${Icon} name="up" /></button>
          <button type="button" class="move" title="Down" aria-label=${`Move ${words} down`} disabled=${last} onClick=${() => actions.move(table, row.key, 1)}><${Icon} name="down" /></button>
          <button type="button" title="Remove" aria-label=${`Remove ${words}`} onClick=${() => actions.remove(table, row.key)}><${Icon} name="remove" /></button>`}</div>
        </td>
      </tr>
      ${(reasons.length > 0 || rowProblems(problems, table, index, cells).length > 0) && html`<tr class="why" id=${`notes-${table}.${index}`}><td></td><td colspan=${cells.length + 1}>
        ${rowProblems(problems, table, index, cells).map((problem) => html`<p class="problem">${problem}</p>`)}
        ${reasons.map((reason) => html`<p class="reason"><${Icon} name="doubt" />${reason.cell ? `${columnLabel(table, reason.cell)}: ` : ""}${reason.message}</p>
          ${reason.cell && html`<${Sides} reason=${reason} kind=${cells.find((/** @type {import("./setup.js").Field} */ cell) => cell.name === reason.cell)?.kind ?? "text"} text=${row.cells[reason.cell] ?? ""}
            label=${placeWords(table, index, reason.cell)} onTake=${(/** @type {string} */ taken) => actions.setCell(table, row.key, reason.cell, taken)} />`}`)}
      </td></tr>`}`;
  }
}

/**
 * The reasons of a row; of those that were stored, the ones of its unchanged cells.
 * @param {Map<string, import("./server.js").Reason[]>} doubts @param {string} table @param {any} row
 * @param {import("./setup.js").Field[]} cells @param {any} base
 */
function reasonsOf(doubts, table, row, cells, base) {
  const found = [...(doubts.get(`${table}.${rowId(row)}`) ?? [])];
  for (const cell of cells) {
    if (!base || base.cells[cell.name] === row.cells[cell.name]) found.push(...(doubts.get(`${table}.${rowId(row)}.${cell.name}`) ?? []));
  }
  return found;
}

/** @param {Map<string, string>} problems @param {string} table @param {number} index @param {import("./setup.js").Field[]} cells */
function rowProblems(problems, table, index, cells) {
  return cells.flatMap((cell) => {
    const problem = problems.get(`${table}.${index}.${cell.name}`);
    return problem ? [`${columnLabel(table === "taxes" ? "taxes" : "items", cell.name)}: ${problem}`] : [];
  });
}
