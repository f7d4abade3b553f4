/** The state, asked for again while somebody looks. */

import { useCallback, useEffect, useRef, useState } from "preact/hooks";

import { html } from "../check/markup.js";
import { Refused } from "../review/server.js";
import { session, setSession, setup } from "../review/session.js";
import { SignIn } from "../review/signin.js";
import { First } from "./first.js";
import { load } from "./server.js";
import { Tiles } from "./tiles.js";
import { UsageOf } from "./usage.js";

const REFRESHED_AFTER = 10000; // milliseconds
const TYPED_AFTER = 250;
const TIME = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });

export function State() {
  const [user, setUser] = useState(setup.sign_in ? "" : (new URLSearchParams(location.search).get("user_id") ?? ""));
  const [status, setStatus] = useState(/** @type {import("./server.js").Status | null} */ (null));
  const [problem, setProblem] = useState("");
  const [asks, setAsks] = useState(setup.sign_in && !session());
  const [began, setBegan] = useState(/** @type {string | null} */ (null)); // whose state was empty when it was first seen
  const turn = useRef(0);

  const refresh = useCallback(async () => {
    const mine = ++turn.current;
    try {
      const found = await load(user);
      if (mine !== turn.current) return;
      setStatus(found);
      setProblem("");
      if (isEmpty(found)) setBegan(user);
    } catch (error) {
      if (mine !== turn.current) return;
      if (error instanceof Refused && error.status === 401) {
        setSession(null);
        setStatus(null);
        setAsks(true);
      } else setProblem(error instanceof Error ? error.message : String(error));
    }
  }, [user]);

  useEffect(() => {
    if (asks) return undefined;
    if (!setup.sign_in) history.replaceState(null, "", user ? `/?${new URLSearchParams({ user_id: user })}` : "/");
    const typed = setTimeout(refresh, status ? TYPED_AFTER : 0);
    const look = () => document.visibilityState === "visible" && void refresh();
    const timer = setInterval(look, REFRESHED_AFTER);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearTimeout(typed);
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [refresh, asks]);

  if (asks) return html`<section class="state" aria-labelledby="state-title">
    <h2 id="state-title">Your invoices</h2>
    <p class="quiet">Sign in to see how yours stand, and what reading them took.</p>
    <${SignIn} onDone=${() => setAsks(false)} />
  </section>`;
  return html`<section class="state" aria-labelledby="state-title" aria-busy=${status ? "false" : "true"}>
    <div class="head">
      <h2 id="state-title">${setup.sign_in ? "Your invoices" : "Invoices now"}</h2>
      <p class="quiet">${status ? `as of ${TIME.format(new Date(status.time))}` : problem ? "" : "Loading …"}</p>
      ${!setup.sign_in && html`<label>User <input value=${user} placeholder="all" autocomplete="off" onInput=${(/** @type {any} */ event) => setUser(event.currentTarget.value.trim())} /></label>`}
      ${session() && html`<button type="button" onClick=${() => { setSession(null); setStatus(null); setAsks(true); }}>Sign out ${session()?.name}</button>`}
    </div>
    ${problem && html`<p class="problem" role="alert">${problem}</p>`}
    ${status && began === user && html`<${First} key=${user} user=${user} isEmpty=${isEmpty(status)} onRead=${refresh} />`}
    ${status && html`<${Tiles} status=${status} />`}
    ${status && html`<${UsageOf} usage=${status.usage} />`}
  </section>`;
}

/** @param {import("./server.js").Status} status */
function isEmpty({ invoices, direct, usage }) {
  return [...Object.values(invoices), ...Object.values(direct), usage.total.calls].every((count) => count === 0);
}
