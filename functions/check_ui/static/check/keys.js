/** The keys of the page as a whole. */

import { useEffect, useRef } from "preact/hooks";

/**
 * @typedef {{
 *   store: (verified: boolean) => unknown, toLookAt: string[], at: {current: string | null},
 *   goTo: (place: string) => void, onHelp: () => void, leave: () => void, neighbour: (step: 1 | -1) => void,
 * }} Keyed
 */

/** @param {Keyed} page what the keys do, as of this drawing */
export function useKeys(page) {
  const now = useRef(page);
  now.current = page; // a key may come before the effects of the drawing have run
  useEffect(() => {
    const pressed = (/** @type {KeyboardEvent} */ event) => act(now.current, event) && event.preventDefault();
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, []);
}

/** Whether the key was one of the page's. @param {Keyed} page @param {KeyboardEvent} event */
function act(page, event) {
  const control = event.ctrlKey || event.metaKey;
  const target = event.target instanceof HTMLElement ? event.target : null;
  const field = target?.dataset.place === undefined ? null : target;
  const writing = target?.matches("input, textarea, select") ?? false;
  const { store, toLookAt, at, goTo } = page;
  if (control && event.key === "Enter") store(true);
  else if (control && event.key.toLowerCase() === "s") store(false);
  else if (control || event.altKey) return false;
  else if (event.key === "F8" && toLookAt.length) goTo(next(toLookAt, at.current, event.shiftKey ? -1 : 1));
  else if (event.key === "Enter" && field instanceof HTMLInputElement && toLookAt.length) goTo(next(toLookAt, at.current, 1));
  else if (event.key === "Escape" && field) {
    page.leave();
    field.blur();
  } else if (writing) return false;
  else if (event.key === "?") page.onHelp();
  else if (event.key === "j") page.neighbour(1);
  else if (event.key === "k") page.neighbour(-1);
  else return false;
  return true;
}

/** The place before or behind the one that has the focus; the first where that is none of them. @param {string[]} places @param {string | null} at @param {1 | -1} step */
function next(places, at, step) {
  const index = at === null ? -1 : places.indexOf(at);
  const following = index < 0 ? (step === 1 ? 0 : places.length - 1) : (index + step + places.length) % places.length;
  return places[following] ?? "";
}
