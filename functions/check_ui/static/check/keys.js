/** The keys of the page as a whole. */

import { useEffect } from "preact/hooks";

/**
 * @param {{
 *   store: (verified: boolean) => unknown, toLookAt: string[], at: {current: string | null},
 *   goTo: (place: string) => void, onHelp: () => void, picking: {clear: () => void},
 * }} page
 */
export function useKeys({ store, toLookAt, at, goTo, onHelp, picking }) {
  useEffect(() => {
    const pressed = (/** @type {KeyboardEvent} */ event) => {
      const control = event.ctrlKey || event.metaKey;
      const field = event.target instanceof HTMLElement && event.target.dataset.place !== undefined ? event.target : null;
      const writing = field ?? (event.target instanceof HTMLInputElement ? event.target : null);
      if (control && event.key === "Enter") void store(true);
      else if (control && event.key.toLowerCase() === "s") void store(false);
      else if (event.key === "F8") goTo(neighbour(toLookAt, at.current, event.shiftKey ? -1 : 1));
      else if (event.key === "Enter" && field instanceof HTMLInputElement && toLookAt.length) goTo(neighbour(toLookAt, at.current, 1));
      else if (event.key === "?" && !writing) onHelp();
      else if (event.key === "Escape" && field) {
        picking.clear();
        field.blur();
      } else return;
      event.preventDefault();
    };
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, [store, toLookAt, goTo, onHelp]);
}

/** The place before or behind the active one; the first where that is none of them. @param {string[]} places @param {string | null} active @param {1 | -1} step */
function neighbour(places, active, step) {
  const at = active === null ? -1 : places.indexOf(active);
  const next = at < 0 ? (step === 1 ? 0 : places.length - 1) : (at + step + places.length) % places.length;
  return places[next] ?? "";
}
