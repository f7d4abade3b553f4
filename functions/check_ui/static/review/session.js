/** Who is using the page: a token for as long as the tab is open, and the user's id. */

/** @type {{sign_in: boolean}} */
export const setup = JSON.parse(document.getElementById("setup")?.textContent ?? "{}");

const NAME = "session";

/** @typedef {{token: string, user_id: string, name: string}} Session */

/** @returns {Session | null} */
export function session() {
  try {
    return JSON.parse(sessionStorage.getItem(NAME) ?? "null");
  } catch {
    return null;
  }
}

/** @param {Session | null} now */
export function setSession(now) {
  try {
    if (now) sessionStorage.setItem(NAME, JSON.stringify(now));
    else sessionStorage.removeItem(NAME);
  } catch {
    // A browser that stores nothing: the token lives as long as the page.
  }
}

/** The headers of a request. @returns {Record<string, string>} */
export function credentials() {
  const now = session();
  return now ? { Authorization: `Bearer ${now.token}` } : {};
}
