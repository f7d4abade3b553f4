/** The page: a record as it is on the server, what a person has typed since, and what becomes of it. */

import { useCallback, useEffect, useLayoutEffect, useMemo, useReducer, useRef, useState } from "preact/hooks";

import { Conflict } from "./conflict.js";
import { boxesOf, byPlace, placed } from "./doubts.js";
import { draftOf, equal, rowId } from "./draft.js";
import { edited, editsWith } from "./edits.js";
import { Form } from "./form.js";
import { Help } from "./help.js";
import { forget, keep, kept } from "./kept.js";
import { place as placeWords } from "./labels.js";
import { useLive } from "./live.js";
import { html } from "./markup.js";
import { Paper } from "./paper.js";
import { usePicking } from "./picking.js";
import { said, useSaving } from "./saving.js";
import { load } from "./server.js";
import { setup } from "./setup.js";
import { takenBoxes } from "./taken.js";
import { useKeys } from "./keys.js";
import { neighbours } from "./neighbours.js";
import { Top } from "./top.js";
import { Waiting, waitingFor } from "./waiting.js";

/**
 * @typedef {import("./draft.js").Draft} Draft
 * @typedef {import("./server.js").Doc} Doc
 * @typedef {{kind: "good" | "bad" | "busy" | "told", text: string}} Notice
 * @typedef {{base: Draft, theirs: Doc}} Clash
 */

/** @type {Draft} */
const EMPTY = { header: {}, items: [], taxes: [] };
const KEEP_AFTER = 300; // milliseconds without a key

export function Check() {
  const [doc, setDoc] = useState(/** @type {Doc | null} */ (null));
  const [notice, setNotice] = useState(/** @type {Notice | null} */ (null));
  const [draft, change] = useReducer(edited, EMPTY);
  const [clash, setClash] = useState(/** @type {Clash | null} */ (null));
  const [active, setActive] = useState(/** @type {string | null} */ (null));
  const [problems, setProblems] = useState(/** @type {Map<string, string>} */ (new Map()));
  const [help, setHelp] = useState(false);
  const [byHand, setByHand] = useState(false); // nothing was read, and a person types it all
  const [openings, setOpenings] = useState(1);
  const opened = useRef(false);
  const at = useRef(/** @type {string | null} */ (null));
  const edits = useMemo(() => editsWith(change), []);
  const base = useMemo(() => (doc ? draftOf(doc) : EMPTY), [doc]);
  const dirty = useMemo(() => !equal(draft, base), [draft, base]);
  const tell = useCallback((/** @type {string} */ text) => setNotice({ kind: "told", text }), []);
  const picking = usePicking(doc, draft, tell);
  const editable = Boolean(doc?.data) || byHand;

  /** Puts a record into the form as it stands on the server. */
  const show = useCallback((/** @type {Doc} */ loaded) => {
    setDoc(loaded);
    edits.replace(draftOf(loaded));
    setProblems(new Map());
    setClash(null);
    setByHand(false);
    picking.setProofs(new Map());
  }, []);

  useEffect(() => {
    setNotice(null);
    load().then(
      (loaded) => {
        show(loaded);
        const former = kept();
        if (!former || equal(former.draft, draftOf(loaded))) return;
        setByHand(!loaded.data);
        if (former.version !== loaded.version) {
          edits.replace(former.draft);
          setClash({ base: former.base, theirs: loaded });
          return;
        }
        edits.replace(former.draft);
        tell("What you typed here before is back. It is not saved yet.");
      },
      (error) => setNotice({ kind: "bad", text: said(error) }),
    );
  }, [openings]);

  useEffect(() => {
    if (!doc || clash) return undefined;
    const timer = setTimeout(() => (dirty ? keep(doc.version, base, draft) : forget()), KEEP_AFTER);
    return () => clearTimeout(timer);
  }, [doc, clash, dirty, base, draft]);

  const { store, takeBack } = useSaving({ doc, editable, draft, base, clash, proofs: picking.proofs, show, setClash, setProblems, setNotice });
  const live = useLive(draft, base, dirty);
  const reasons = useMemo(
    () => (live ? placed(live.reasons, live.rows) : placed(doc?.review?.reasons ?? [], null)),
    [doc, live],
  );
  const doubts = useMemo(() => byPlace(reasons), [reasons]);
  const boxes = useMemo(
    () => (doc ? boxesOf(doc, doubts, placeWords, takenBoxes(draft, picking.proofs)) : []),
    [doc, doubts, draft, picking.proofs],
  );
  const goTo = useCallback(
    (/** @type {string} */ place) => {
      const [table, row, cell] = place.split(".");
      let id = place;
      if (row !== undefined && (table === "items" || table === "taxes")) {
        const index = draft[table].findIndex((each) => rowId(each) === row);
        id = `${table}.${index}.${cell ?? setup.fields[table][0]?.name}`;
      }
      const input = document.getElementById(`field-${id}`);
      input?.focus({ preventScroll: true });
      input?.scrollIntoView({ block: "center" });
    },
    [draft],
  );
  const toLookAt = useMemo(() => [...new Set(reasons.map((reason) => reason.place).filter(Boolean))], [reasons]);
  const order = useMemo(() => neighbours(), []);
  useKeys({
    store,
    toLookAt,
    at,
    goTo,
    onHelp: () => setHelp(true),
    leave: picking.clear,
    neighbour: (step) => {
      const url = step === 1 ? order?.next : order?.previous;
      if (url) location.assign(url);
    },
  });

  useLayoutEffect(() => {
    // What needs a look comes first: the first of it has the focus when the page opens.
    // Not on a phone, where the keyboard would hide the document.
    const roomy = matchMedia("(min-width: 801px) and (any-pointer: fine), (min-width: 1100px)").matches;
    if (doc?.data && toLookAt[0] && !opened.current && roomy) goTo(toLookAt[0]);
    opened.current ||= Boolean(doc?.data);
  }, [doc]);
  useLayoutEffect(() => {
    if (byHand) goTo("vendor_name");
  }, [byHand]);

  const actions = useMemo(
    () => ({
      ...edits,
      focus: (/** @type {string} */ place) => {
        at.current = place; // at once: a key may come before the next drawing
        setActive(place);
        picking.clear();
      },
    }),
    [edits],
  );
  const bringBack = useCallback(
    async (/** @type {number} */ version) => {
      try {
        const former = draftOf(await load(version));
        edits.replace({ ...former, items: former.items.map((row) => ({ ...row, origin: null })), taxes: former.taxes.map((row) => ({ ...row, origin: null })) });
        tell(`The values of version ${version} are in the form. Save to keep them.`);
      } catch (error) {
        setNotice({ kind: "bad", text: said(error) });
      }
    },
    [edits, tell],
  );
  const theirs = useMemo(() => (clash ? draftOf(clash.theirs) : EMPTY), [clash]);
  return html`
    <${Top} order=${order} doc=${doc} editable=${editable} reasons=${reasons.length} dirty=${dirty} notice=${doc ? notice : null} onSave=${() => store(false)} onVerify=${() => store(true)} onTakeBack=${takeBack} onHelp=${() => setHelp(true)} />
    <main class="sides">
      <section class="data" aria-label="Data" tabindex="-1" onInput=${picking.typed} onKeyDownCapture=${picking.key} onselectionchange=${unheard}>
        ${clash && html`<${Conflict} base=${clash.base} mine=${draft} theirs=${theirs}
          onTheirs=${() => {
            forget();
            show(clash.theirs);
            setNotice({ kind: "good", text: "This is the record as it stands on the server." });
          }}
          onMerged=${(/** @type {Draft} */ both) => {
            setDoc(clash.theirs);
            edits.replace(both);
            setClash(null);
            tell("Both changes are in the form now. Save to keep them.");
          }} />`}
        ${doc && waitingFor(doc) && html`<${Waiting} key=${doc.processing.state} doc=${doc} byHand=${byHand} onByHand=${() => setByHand(true)}
          onDoc=${(/** @type {Doc} */ now) => (dirty ? setClash({ base, theirs: now }) : show(now))} />`}
        ${doc && editable && html`<${Form} doc=${doc} draft=${draft} base=${base} doubts=${doubts} problems=${problems} reasons=${reasons} live=${live} actions=${actions} onGo=${goTo} onBack=${bringBack} />`}
        ${!doc && (notice?.kind === "bad"
          ? html`<div class="card failed" role="alert"><h2>The data could not be loaded</h2><p>${notice.text}</p>
              <div class="acts"><button type="button" class="main" onClick=${() => setOpenings(openings + 1)}>Try again</button></div></div>`
          : html`<p class="waiting" role="status">Loading the data …</p>`)}
      </section>
      <${Paper} words=${doc ? doc.words : setup.words} boxes=${boxes} active=${active} matches=${picking.found.matches} chosen=${picking.found.chosen} onPick=${goTo} onTake=${picking.take}
        onNothing=${() => tell("This page has no text to take: type the value.")}
        onViewer=${(/** @type {import("./viewer.js").Viewer} */ viewer) => (picking.viewer.current = viewer)} />
    </main>
    ${help && html`<${Help} onClose=${() => setHelp(false)} />`}`;
}

/**
 * A browser tells of each input that is given a value, and PDF.js measures the page at every such word: for
 * 300 lines that would take 20 seconds. Only the field that a person is in may end what is selected in the PDF.
 * @param {Event} event
 */
function unheard(event) {
  if (event.target !== document.activeElement) event.stopPropagation();
}
