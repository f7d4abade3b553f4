/** What a person does to a draft. */

import { newRow } from "./draft.js";

/**
 * @typedef {import("./draft.js").Draft} Draft
 * @typedef {"items" | "taxes"} TableName
 * @typedef {{
 *   replace: (draft: Draft) => void,
 *   setHeader: (name: string, text: string) => void,
 *   setCell: (table: TableName, key: number, cell: string, text: string) => void,
 *   move: (table: TableName, key: number, by: number) => void,
 *   remove: (table: TableName, key: number) => void,
 *   add: (table: TableName) => void,
 *   paste: (table: TableName, key: number, cells: string[], grid: string[][]) => void,
 * }} Edits
 */

/** @param {Draft} draft @param {any} edit @returns {Draft} */
export function edited(draft, edit) {
  if (edit.does === "replace") return edit.draft;
  if (edit.does === "header") return { ...draft, header: { ...draft.header, [edit.name]: edit.text } };
  /** @type {TableName} */
  const table = edit.table;
  const rows = [...draft[table]];
  const at = rows.findIndex((row) => row.key === edit.key);
  const row = rows[at];
  if (edit.does === "add") rows.push(newRow(table));
  else if (!row) return draft;
  else if (edit.does === "cell") rows[at] = { ...row, cells: { ...row.cells, [edit.cell]: edit.text } };
  else if (edit.does === "remove") rows.splice(at, 1);
  else if (edit.does === "move") rows.splice(at + edit.by, 0, ...rows.splice(at, 1));
  else if (edit.does === "paste") pasted(table, rows, at, edit.cells, edit.grid);
  return { ...draft, [table]: rows };
}

/**
 * A spreadsheet's cells, laid over the rows from one cell on; rows that are missing are added.
 * @param {TableName} table @param {import("./draft.js").Row[]} rows @param {number} at @param {string[]} names the columns from that cell on @param {string[][]} grid
 */
function pasted(table, rows, at, names, grid) {
  grid.forEach((line, down) => {
    const row = rows[at + down] ?? newRow(table);
    const cells = { ...row.cells };
    line.forEach((text, across) => {
      const name = names[across];
      if (name) cells[name] = text;
    });
    rows[at + down] = { ...row, cells };
  });
}

/** @param {(edit: any) => void} change @returns {Edits} */
export function editsWith(change) {
  return {
    replace: (draft) => change({ does: "replace", draft }),
    setHeader: (name, text) => change({ does: "header", name, text }),
    setCell: (table, key, cell, text) => change({ does: "cell", table, key, cell, text }),
    move: (table, key, by) => change({ does: "move", table, key, by }),
    remove: (table, key) => change({ does: "remove", table, key }),
    add: (table) => change({ does: "add", table }),
    paste: (table, key, cells, grid) => change({ does: "paste", table, key, cells, grid }),
  };
}

/** The cells of a spreadsheet's clipboard text, null for what is a single value. @param {string} text */
export function gridOf(text) {
  const lines = text.replace(/\r?\n$/, "").split(/\r?\n/);
  if (!text.includes("\t") && lines.length === 1) return null;
  return lines.map((line) => line.split("\t"));
}
