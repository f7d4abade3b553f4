/** What waits for a person's look, in an order, with the keys to go through it. */

import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

import { html } from "../check/markup.js";
import { remember } from "./order.js";
import { download, load, Refused } from "./server.js";
import { session, setSession, setup } from "./session.js";
import { SignIn } from "./signin.js";
import { Uploads } from "./uploads.js";
import { ageWords, amountWords, codeWords } from "./words.js";

const FORMATS = [["xlsx", "Excel"], ["csv", "CSV"], ["json", "JSON"], ["ubl", "UBL (zip)"], ["tally", "Tally XML"]];
const TYPED_AFTER = 250; // milliseconds
const REFRESHED_AFTER = 20000;

/** What is said where there is nothing, by what is to be shown. @type {Record<string, {short: string, long: string}>} */
const EMPTY = {
  "": { short: "Nothing waits.", long: "All invoices that were read are checked or beyond doubt. New ones appear here by themselves." },
  verified: { short: "Nothing yet.", long: "No record has been verified yet. Those that somebody verifies appear here." },
  all: { short: "Nothing yet.", long: "Nothing has been read yet. What is read appears here by itself." },
};

/** @typedef {import("./server.js").Query} Query */

/** @returns {Query} */
function queryOfAddress() {
  const given = new URLSearchParams(location.search);
  const value = (/** @type {string} */ name) => given.get(name) ?? "";
  return { user_id: value("user_id"), q: value("q"), code: value("code"), order: value("order") || "doubt", state: value("state"), page_token: "" };
}

export function Review() {
  const [query, setQuery] = useState(queryOfAddress);
  const [pages, setPages] = useState(/** @type {string[]} */ ([""]));
  const [page, setPage] = useState(/** @type {import("./server.js").Page | null} */ (null));
  const [problem, setProblem] = useState("");
  const [asks, setAsks] = useState(setup.sign_in && !session());
  const chosen = useRef(0); // where J and K left the list
  const [user, setUser] = useState(session()?.user_id ?? query.user_id);
  const list = useRef(/** @type {HTMLOListElement | null} */ (null));
  const latest = useRef(0);

  const refresh = useCallback(async () => {
    const turn = ++latest.current;
    try {
      const found = await load({ ...query, page_token: pages.at(-1) ?? "" });
      if (turn !== latest.current) return;
      setPage(found);
      setProblem("");
    } catch (error) {
      if (turn !== latest.current) return;
      if (error instanceof Refused && error.status === 401) {
        setSession(null);
        setAsks(true);
      } else setProblem(error instanceof Error ? error.message : String(error));
    }
  }, [query, pages]);

  useEffect(() => {
    if (asks) return undefined;
    const address = new URLSearchParams(Object.entries(query).filter(([name, value]) => value && name !== "page_token" && !(name === "order" && value === "doubt")));
    history.replaceState(null, "", address.size ? `/review/?${address}` : "/review/");
    const typed = setTimeout(refresh, page ? TYPED_AFTER : 0);
    const timer = setInterval(() => document.visibilityState === "visible" && refresh(), REFRESHED_AFTER);
    return () => {
      clearTimeout(typed);
      clearInterval(timer);
    };
  }, [query, pages, asks, refresh]);

  const records = page?.records ?? [];
  useLayoutEffect(() => {
    remember({ back: location.pathname + location.search, records: records.map((each) => ({ key: keyOf(each), url: each.check_url })) });
  }, [page]);

  useEffect(() => {
    const keys = (/** @type {KeyboardEvent} */ event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target instanceof HTMLElement && event.target.matches("input, select, textarea")) return;
      const step = event.key === "j" ? 1 : event.key === "k" ? -1 : 0;
      if (!step) return;
      event.preventDefault();
      // What stands in the page, not what was drawn when this began: a key may come before the effects of a drawing.
      const links = [...(list.current?.querySelectorAll("a") ?? [])];
      const at = links.findIndex((link) => link === document.activeElement);
      links[Math.min(links.length - 1, Math.max(0, at < 0 ? chosen.current : at + step))]?.focus();
    };
    window.addEventListener("keydown", keys);
    return () => window.removeEventListener("keydown", keys);
  }, []);

  const change = (/** @type {Partial<Query>} */ changes) => {
    setPages([""]);
    setQuery({ ...query, ...changes });
  };
  const exported = async (/** @type {string} */ format) => {
    try {
      await download(query, format);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  if (asks) return html`<main class="queue"><h1>To review</h1><${SignIn} onDone=${() => { setUser(session()?.user_id ?? ""); setAsks(false); }} /></main>`;
  return html`<main class="queue">
    <header>
      <h1>To review</h1>
      <p class="left" role="status">${!page ? "" : page.total === 0 ? EMPTY[query.state]?.short : `${page.total} ${query.state ? "in all" : "left"}${page.found === page.total ? "" : `, ${page.found} of them shown`}`}</p>
      ${session() && html`<button type="button" onClick=${() => { setSession(null); setAsks(true); }}>Sign out ${session()?.name}</button>`}
    </header>
    <${Uploads} user=${user} onUser=${setUser} fixed=${setup.sign_in} onRead=${refresh} />
    <div class="row filters" role="search" aria-label="The queue">
      <label>Search <input type="search" value=${query.q} placeholder="Vendor, number, file, reason" onInput=${(/** @type {any} */ event) => change({ q: event.currentTarget.value })} /></label>
      <label>Reason <select value=${query.code} onInput=${(/** @type {any} */ event) => change({ code: event.currentTarget.value })}>
        <option value="">Any</option>
        ${Object.entries(page?.codes ?? {}).map(([code, count]) => html`<option key=${code} value=${code}>${codeWords(code)} (${count})</option>`)}
        ${query.code && !page?.codes[query.code] && html`<option value=${query.code}>${codeWords(query.code)}</option>`}
      </select></label>
      <label>Show <select value=${query.state} onInput=${(/** @type {any} */ event) => change({ state: event.currentTarget.value, code: "" })}>
        <option value="">What waits</option><option value="verified">What was verified</option><option value="all">Everything</option>
      </select></label>
      <label>First <select value=${query.order} onInput=${(/** @type {any} */ event) => change({ order: event.currentTarget.value })}>
        <option value="doubt">The most doubtful</option><option value="age">The oldest</option>
      </select></label>
      ${!setup.sign_in && html`<label>User <input value=${query.user_id} placeholder="all" autocomplete="off" onInput=${(/** @type {any} */ event) => change({ user_id: event.currentTarget.value.trim() })} /></label>`}
    </div>
    ${problem && html`<p class="problem" role="alert">${problem}</p>`}
    ${!page && !problem && html`<p class="waiting" role="status">Loading the queue …</p>`}
    ${page && records.length === 0 && html`<p class="card none">${page.total ? "Nothing fits these filters." : EMPTY[query.state]?.long}</p>`}
    <ol class="waiters" ref=${list} aria-label="Records that wait">
      ${records.map((each, index) => html`<li key=${keyOf(each)}><a href=${each.check_url} class="card" onFocus=${() => (chosen.current = index)}>
        <span class="who"><b><bdi>${each.vendor_name ?? each.file_name ?? "Unnamed"}</bdi></b> <span class="quiet"><bdi>${each.vendor_name ? (each.invoice_number ?? each.file_name ?? "") : ""}</bdi></span></span>
        <span class="much">${each.status === "ERROR" ? "" : amountWords(each.total_amt, each.currency)}</span>
        <span class="why">${each.codes.slice(0, 4).map((code) => html`<span class=${`code ${code === "failed" ? "bad" : ""}`} key=${code}>${codeWords(code)}</span>`)}${each.codes.length > 4 ? html`<span class="quiet">and ${each.codes.length - 4} more</span>` : ""}</span>
        <span class="when quiet">${ageWords(each.since)}</span>
        <span class="first quiet">${each.status === "ERROR" ? (each.message ?? "") : (each.first_reasons[0] ?? "")}</span>
      </a></li>`)}
    </ol>
    ${(pages.length > 1 || page?.next_page_token) && html`<nav class="row pager" aria-label="Pages of the queue">
      <button type="button" disabled=${pages.length < 2} onClick=${() => setPages(pages.slice(0, -1))}>Before</button>
      <span class="quiet">Page ${pages.length}</span>
      <button type="button" disabled=${!page?.next_page_token} onClick=${() => page?.next_page_token && setPages([...pages, page.next_page_token])}>After</button>
    </nav>`}
    ${records.length > 0 && html`<p class="row exports"><span class="quiet">Export ${page?.found === 1 ? "it" : `all ${page?.found}`}:</span>
      ${FORMATS.map(([format, name]) => html`<button type="button" class="link" key=${format} onClick=${() => exported(format ?? "")}>${name}</button>`)}</p>`}
    ${records.length > 0 && html`<p class="quiet keys">J and K go through the list, Enter opens a record.</p>`}
  </main>`;
}

/** @param {import("./server.js").Waiting} record */
function keyOf(record) {
  return record.id === undefined ? `invoice_id/${record.invoice_id}` : `id/${record.id}`;
}
