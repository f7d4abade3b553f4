/** How many records are where. */

import { html } from "../check/markup.js";
import { countWords } from "./figures.js";

/** @typedef {import("./server.js").Status} Status */

/** @param {{status: Status}} props */
export function Tiles({ status }) {
  const { invoices, direct, awaiting_review: waiting, counted_to: end } = status;
  const review = (/** @type {Record<string, string>} */ query) => {
    const given = new URLSearchParams({ ...(status.user_id === null ? {} : { user_id: status.user_id }), ...query });
    return given.size ? `/review/?${given}` : "/review/";
  };
  return html`<ul class="tiles" aria-label="Records by what becomes of them">
    <${Tile} kind="doubt" count=${waiting} end=${end} name="Awaiting review" href=${review({})} words=${waiting ? "a person should look" : "nothing waits"} />
    <${Tile} count=${invoices.queued} end=${end} name="Queued" words=${invoices.queued ? "read within seconds" : "the queue is empty"} />
    <${Tile} count=${invoices.reading} end=${end} name="Being read" words=${invoices.reading ? "right now" : "none right now"} />
    <${Tile} kind="good" count=${invoices.done + direct.done} end=${end} name="Read" href=${review({ state: "all" })} words=${direct.done ? `${countWords(direct.done, end)} of them sent to be read at once` : invoices.done ? "done" : "none yet"} />
    <${Tile} kind="bad" count=${invoices.failed + direct.failed} end=${end} name="Could not be read" href=${review({ code: "failed" })} words=${invoices.failed + direct.failed ? "each says why" : "none"} />
  </ul>`;
}

/** @param {{count: number, end: number, name: string, words: string, kind?: string, href?: string}} props */
function Tile({ count, end, name, words, kind = "", href }) {
  const inside = html`<span class="label">${name}</span><span class="count">${countWords(count, end)}</span><span class="quiet">${words}</span>`;
  return html`<li class=${`card tile ${count ? kind : ""}`}>${href && count ? html`<a href=${href}>${inside}</a>` : inside}</li>`;
}
