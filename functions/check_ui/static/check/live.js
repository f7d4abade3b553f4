/** Checks while a person types: what the server's rules say of the values in the form. */

import { useEffect, useRef, useState } from "preact/hooks";

import { rowId, valuesOf } from "./draft.js";
import { check } from "./server.js";

const PAUSE = 350; // milliseconds without a key

/**
 * @typedef {{checks: import("./server.js").Check[], reasons: import("./server.js").Reason[], rows: string[]}} Live
 */

/**
 * What the rules say now; null for as long as the form holds what is stored.
 * @param {import("./draft.js").Draft} draft @param {import("./draft.js").Draft} base @param {boolean} dirty
 * @returns {Live | null}
 */
export function useLive(draft, base, dirty) {
  const [live, setLive] = useState(/** @type {Live | null} */ (null));
  const turn = useRef(0);
  useEffect(() => {
    const mine = ++turn.current;
    if (!dirty) {
      setLive(null);
      return undefined;
    }
    const timer = setTimeout(async () => {
      const { data, problems } = valuesOf(draft, base);
      if (problems.length) return; // half a number: what was said last still stands
      const rows = draft.items.map(rowId);
      try {
        const said = await check(data);
        if (mine === turn.current) setLive({ checks: said.checks, reasons: said.review.reasons, rows });
      } catch {
        // Without an answer what was said last stands; saving tells what is wrong.
      }
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [draft, base, dirty]);
  return live;
}
