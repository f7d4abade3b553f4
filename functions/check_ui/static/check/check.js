/** The page: a record as it is on the server, what a person has typed since, and what becomes of it. */

import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from "preact/hooks";

import { Conflict, merged } from "./conflict.js";
import { boxesOf, byPlace } from "./doubts.js";
import { draftOf, equal, newRow, valuesOf } from "./draft.js";
import { Form } from "./form.js";
import { place as placeWords } from "./labels.js";
import { html } from "./markup.js";
import { Paper } from "./paper.js";
import { load, Refused, save } from "./server.js";
import { setup } from "./setup.js";
import { Top } from "./top.js";
import { Waiting, waitingFor } from "./waiting.js";

/**
 * @typedef {import("./draft.js").Draft} Draft
 * @typedef {import("./server.js").Doc} Doc
 */

/** @param {Draft} draft @param {any} action @returns {Draft} */
function edited(draft, action) {
  if (action.type === "replace") return action.draft;
  if (action.type === "header") return { ...draft, header: { ...draft.header, [action.name]: action.text } };
  /** @type {"items" | "taxes"} */
  const table = action.table;
  const rows = [...draft[table]];
  const at = rows.findIndex((row) => row.key === action.key);
  const row = rows[at];
  if (action.type === "add") rows.push(newRow(table));
  else if (!row) return draft;
  else if (action.type === "cell") rows[at] = { ...row, cells: { ...row.cells, [action.cell]: action.text } };
  else if (action.type === "remove") rows.splice(at, 1);
  else if (action.type === "move") rows.splice(at + action.by, 0, ...rows.splice(at, 1));
  return { ...draft, [table]: rows };
}

const EMPTY = { header: {}, items: [], taxes: [] };

export function Check() {
  const [doc, setDoc] = useState(/** @type {Doc | null} */ (null));
  const [notice, setNotice] = useState(/** @type {{kind: "good" | "bad" | "busy", text: string} | null} */ (null));
  const [draft, change] = useReducer(edited, EMPTY);
  const [conflict, setConflict] = useState(/** @type {Doc | null} */ (null));
  const [active, setActive] = useState(/** @type {string | null} */ (null));
  const [problems, setProblems] = useState(/** @type {Map<string, string>} */ (new Map()));
  const base = useMemo(() => (doc ? draftOf(doc) : EMPTY), [doc]);
  const dirty = useMemo(() => !equal(draft, base), [draft, base]);
  const busy = useRef(false);

  const show = useCallback((/** @type {Doc} */ loaded) => {
    setDoc(loaded);
    change({ type: "replace", draft: draftOf(loaded) });
    setProblems(new Map());
    setConflict(null);
  }, []);

  const reload = useCallback(async () => {
    try {
      show(await load());
      setNotice(null);
    } catch (error) {
      setNotice({ kind: "bad", text: said(error) });
    }
  }, [show]);

  useEffect(() => void reload(), [reload]);

  useEffect(() => {
    const keep = (/** @type {BeforeUnloadEvent} */ event) => dirty && event.preventDefault();
    window.addEventListener("beforeunload", keep);
    return () => window.removeEventListener("beforeunload", keep);
  }, [dirty]);

  const store = useCallback(
    async (/** @type {boolean} */ verified) => {
      if (!doc || busy.current) return;
      const { data, problems: wrong } = valuesOf(draft, base);
      setProblems(new Map(wrong.map((each) => [each.place, each.problem])));
      if (wrong[0]) {
        setNotice({ kind: "bad", text: `Not saved: ${wrong.length === 1 ? "one value" : `${wrong.length} values`} can't be right.` });
        document.getElementById(`field-${wrong[0].place}`)?.focus();
        return;
      }
      busy.current = true;
      setNotice({ kind: "busy", text: "Saving …" });
      try {
        await save(data, doc.version, verified);
        show(await load());
        setNotice({ kind: "good", text: verified ? "Saved and verified." : "Saved." });
      } catch (error) {
        const theirs = error instanceof Refused && error.status === 409 ? error.current : null;
        setConflict(theirs);
        setNotice({ kind: "bad", text: theirs ? "Not saved: somebody else has changed this record meanwhile." : `Not saved: ${said(error)}` });
      } finally {
        busy.current = false;
      }
    },
    [doc, draft, base, show],
  );

  useEffect(() => {
    const keys = (/** @type {KeyboardEvent} */ event) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      const verify = event.key === "Enter";
      if (!verify && event.key.toLowerCase() !== "s") return;
      event.preventDefault();
      void store(verify);
    };
    window.addEventListener("keydown", keys);
    return () => window.removeEventListener("keydown", keys);
  }, [store]);

  const doubts = useMemo(() => byPlace(doc?.review?.reasons ?? []), [doc]);
  const boxes = useMemo(() => (doc ? boxesOf(doc, doubts, placeWords) : []), [doc, doubts]);
  const actions = useMemo(
    () => ({
      setHeader: (/** @type {string} */ name, /** @type {string} */ text) => change({ type: "header", name, text }),
      setCell: (/** @type {string} */ table, /** @type {number} */ key, /** @type {string} */ cell, /** @type {string} */ text) =>
        change({ type: "cell", table, key, cell, text }),
      move: (/** @type {string} */ table, /** @type {number} */ key, /** @type {number} */ by) => change({ type: "move", table, key, by }),
      remove: (/** @type {string} */ table, /** @type {number} */ key) => change({ type: "remove", table, key }),
      add: (/** @type {string} */ table) => change({ type: "add", table }),
      focus: setActive,
    }),
    [],
  );
  const goTo = useCallback(
    (/** @type {string} */ place) => {
      const [table, origin, cell] = place.split(".");
      let id = place;
      if (origin !== undefined && (table === "items" || table === "taxes")) {
        const index = draft[table].findIndex((row) => row.origin === Number(origin));
        id = `${table}.${index}.${cell ?? setup.fields[table][0]?.name}`;
      }
      const input = document.getElementById(`field-${id}`);
      input?.focus();
      input?.scrollIntoView({ block: "center" });
    },
    [draft],
  );

  const waits = doc && waitingFor(doc);
  return html`
    <${Top} doc=${doc} dirty=${dirty} notice=${notice} onSave=${() => store(false)} onVerify=${() => store(true)} />
    <main class="sides">
      <${Paper} boxes=${boxes} active=${active} onPick=${goTo} />
      <section class="data" aria-label="Data" tabindex="-1">
        ${conflict && html`<${Conflict} base=${base} mine=${draft} theirs=${draftOf(conflict)}
          onTheirs=${() => { show(conflict); setNotice({ kind: "good", text: "This is the record as the other person saved it." }); }}
          onMerged=${(/** @type {Draft} */ chosen) => {
            setDoc(conflict);
            change({ type: "replace", draft: chosen });
            setConflict(null);
            setNotice({ kind: "good", text: "Both changes are in the form now. Save to keep them." });
          }} merged=${merged} />`}
        ${waits && html`<${Waiting} doc=${doc} onDoc=${show} />`}
        ${doc?.data && html`<${Form} doc=${doc} draft=${draft} base=${base} doubts=${doubts} problems=${problems} actions=${actions} onGo=${goTo} />`}
        ${!doc && html`<p class="waiting" role="status">${notice?.kind === "bad" ? notice.text : "Loading the data …"}</p>`}
      </section>
    </main>`;
}

/** @param {unknown} error */
function said(error) {
  return error instanceof Error ? error.message : String(error);
}
