/** Hits as they come in: filtered, searched, looked into. */

import { useCallback, useEffect, useRef, useState } from "preact/hooks";

import { html } from "../check/markup.js";
import { session, setSession, setup } from "../review/session.js";
import { SignIn } from "../review/signin.js";
import { load, Refused } from "./log.js";
import { Replay } from "./replay.js";
import { written } from "./written.js";

const SHOWN = "100";
const REFRESHED_AFTER = 4000; // milliseconds
const TYPED_AFTER = 250;
const LONGEST = 160; // characters of a hit's data in the list
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

/** @typedef {import("./log.js").Hit} Hit */

export function Hits() {
  const [query, setQuery] = useState({ q: "", method: "" });
  const [tokens, setTokens] = useState([""]);
  const [log, setLog] = useState(/** @type {import("./log.js").Log | null} */ (null));
  const [problem, setProblem] = useState("");
  const [live, setLive] = useState(true);
  const [asks, setAsks] = useState(setup.sign_in && !session());
  const turn = useRef(0);

  const refresh = useCallback(async () => {
    const mine = ++turn.current;
    try {
      const found = await load({ ...query, limit: SHOWN, page_token: tokens.at(-1) ?? "" });
      if (mine !== turn.current) return;
      setLog(found);
      setProblem("");
    } catch (error) {
      if (mine !== turn.current) return;
      if (error instanceof Refused && error.status === 401) {
        setSession(null);
        setAsks(true);
      } else setProblem(error instanceof Error ? error.message : String(error));
    }
  }, [query, tokens]);

  useEffect(() => {
    if (asks) return undefined;
    const typed = setTimeout(refresh, log ? TYPED_AFTER : 0);
    const timer = setInterval(() => live && document.visibilityState === "visible" && refresh(), REFRESHED_AFTER);
    return () => {
      clearTimeout(typed);
      clearInterval(timer);
    };
  }, [refresh, live, asks]);

  const change = (/** @type {Partial<typeof query>} */ changes) => {
    setTokens([""]);
    setQuery({ ...query, ...changes });
  };
  if (asks) return html`<main class="hits"><h1>Webhooks</h1><${SignIn} onDone=${() => setAsks(false)} /></main>`;
  const hits = Object.entries(log?.logs ?? {});
  return html`<main class="hits">
    <header>
      <h1>Webhooks</h1>
      <p class="left" role="status">${log ? `${log.total_webhooks} received` : "Loading …"}</p>
      <button type="button" aria-pressed=${live ? "true" : "false"} onClick=${() => setLive(!live)}>${live ? "Live" : "Paused"}</button>
    </header>
    <div class="row filters" role="search" aria-label="The log">
      <label>Search <input type="search" value=${query.q} placeholder="Anything that is shown" onInput=${(/** @type {any} */ event) => change({ q: event.currentTarget.value })} /></label>
      <label>Method <select value=${query.method} onInput=${(/** @type {any} */ event) => change({ method: event.currentTarget.value })}>
        <option value="">Any</option>${METHODS.map((method) => html`<option key=${method}>${method}</option>`)}
      </select></label>
    </div>
    ${problem && html`<p class="problem" role="alert">${problem}</p>`}
    ${log && hits.length === 0 && html`<p class="card none">${log.total_webhooks ? "No hit fits these filters." : html`Nothing has been received yet. Send any request to <code>${location.origin}/webhook/</code>; it appears here by itself.`}</p>`}
    <ol class="log" aria-label="Hits, newest first">${hits.map(([time, hit]) => html`<li key=${time}><${Entry} time=${time} hit=${hit} /></li>`)}</ol>
    ${(tokens.length > 1 || log?.next_page_token) && html`<nav class="row pager" aria-label="Pages of the log">
      <button type="button" disabled=${tokens.length < 2} onClick=${() => setTokens(tokens.slice(0, -1))}>Newer</button>
      <button type="button" disabled=${!log?.next_page_token} onClick=${() => log?.next_page_token && setTokens([...tokens, log.next_page_token])}>Older</button>
    </nav>`}
  </main>`;
}

/** @param {{time: string, hit: Hit}} props */
function Entry({ time, hit }) {
  const text = written(hit.data);
  return html`<details class="card">
    <summary>
      <span class=${`method ${hit.method.toLowerCase()}`}>${hit.method}</span>
      <time datetime=${`${time}Z`}>${time.replace("T", " ").slice(0, 23)} UTC</time>
      <bdi class="short">${text ? `${text.slice(0, LONGEST)}${text.length > LONGEST ? "…" : ""}` : html`<span class="quiet">no body</span>`}</bdi>
    </summary>
    <dl>
      <div><dt>From</dt><dd>${hit.client_ip ?? "unknown"}</dd></div>
      ${hit.path && html`<div><dt>Path</dt><dd><bdi>${hit.path}</bdi></dd></div>`}
      <div><dt>Type</dt><dd><bdi>${hit.content_type ?? "none"}</bdi></dd></div>
      ${hit.query_params && html`<div><dt>Query</dt><dd><pre tabindex="0">${written(hit.query_params, 2)}</pre></dd></div>`}
      <div><dt>Headers</dt><dd><table><tbody>${Object.entries(hit.headers).map(([name, value]) => html`<tr key=${name}><th scope="row"><bdi>${name}</bdi></th><td><bdi>${String(value)}</bdi></td></tr>`)}</tbody></table></dd></div>
      <div><dt>Body${hit.data_encoding ? ` (${hit.data_encoding})` : ""}${hit.data_truncated ? ", its beginning" : ""}</dt><dd><pre tabindex="0">${written(hit.data, 2) || "empty"}</pre></dd></div>
    </dl>
    <${Replay} time=${time} />
  </details>`;
}
