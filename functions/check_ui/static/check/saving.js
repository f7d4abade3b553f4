/** Storing what stands in the form, and what becomes of it when that can't be done. */

import { useCallback, useRef } from "preact/hooks";

import { draftOf, equal, valuesOf } from "./draft.js";
import { forget } from "./kept.js";
import { load, Refused, save } from "./server.js";
import { evidenceOf } from "./taken.js";

/**
 * @param {{
 *   doc: import("./server.js").Doc | null, editable: boolean, draft: import("./draft.js").Draft, base: import("./draft.js").Draft,
 *   clash: import("./check.js").Clash | null, proofs: import("./taken.js").Proofs, show: (doc: import("./server.js").Doc) => void,
 *   setClash: (clash: import("./check.js").Clash) => void, setProblems: (problems: Map<string, string>) => void,
 *   setNotice: (notice: import("./check.js").Notice) => void,
 * }} page
 */
export function useSaving({ doc, editable, draft, base, clash, proofs, show, setClash, setProblems, setNotice }) {
  const busy = useRef(false);

  const store = useCallback(
    async (/** @type {boolean} */ verified) => {
      if (!doc || !editable || busy.current || clash) return;
      const { data, problems: wrong } = valuesOf(draft, base);
      setProblems(new Map(wrong.map((each) => [each.place, each.problem])));
      if (wrong[0]) {
        setNotice({ kind: "bad", text: `Not saved: ${wrong.length === 1 ? "one value" : `${wrong.length} values`} can't be right.` });
        document.getElementById(`field-${wrong[0].place}`)?.focus();
        return;
      }
      const done = verified ? "Saved and verified." : "Saved.";
      busy.current = true;
      setNotice({ kind: "busy", text: "Saving …" });
      try {
        await save({ data, evidence: evidenceOf(draft, proofs), version: doc.version, ...(verified ? { manual_verified: "Y" } : {}) });
        forget();
        show(await load());
        setNotice({ kind: "good", text: done });
      } catch (error) {
        const theirs = standing(error);
        if (theirs && equal(draft, draftOf(theirs)) && (!verified || theirs.manual_verified === "Y")) {
          // What stands is what was to be stored: an earlier save arrived, and its answer was lost.
          forget();
          show(theirs);
          setNotice({ kind: "good", text: done });
          return;
        }
        if (theirs) setClash({ base, theirs });
        setNotice({ kind: "bad", text: theirs ? "Not saved: somebody else has changed this record meanwhile." : `Not saved: ${said(error)}` });
      } finally {
        busy.current = false;
      }
    },
    [doc, editable, draft, base, clash, proofs, show],
  );

  const takeBack = useCallback(async () => {
    if (!doc || busy.current) return;
    busy.current = true;
    setNotice({ kind: "busy", text: "Saving …" });
    try {
      await save({ data: {}, evidence: {}, version: doc.version, manual_verified: "N" });
      show(await load());
      setNotice({ kind: "good", text: "No longer verified." });
    } catch (error) {
      const theirs = standing(error);
      if (theirs) show(theirs);
      setNotice({ kind: "bad", text: theirs ? "Somebody else has changed this record meanwhile: this is how it stands." : `Not saved: ${said(error)}` });
    } finally {
      busy.current = false;
    }
  }, [doc, show]);

  return { store, takeBack };
}

/** What stands on the server, where that is why a save was refused. @param {unknown} error */
function standing(error) {
  return error instanceof Refused && error.status === 409 ? error.current : null;
}

/** @param {unknown} error */
export function said(error) {
  return error instanceof Error ? error.message : String(error);
}
