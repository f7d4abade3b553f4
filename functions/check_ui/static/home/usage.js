/** What reading took: tokens and rupees by day, and by model. */

import { html } from "../check/markup.js";
import { countWords, roundRupeeWords, rupeeWords, shortWords } from "./figures.js";
import { Plot } from "./plot.js";
import { seriesOf } from "./series.js";

/** @typedef {import("./server.js").Status["usage"]} Usage */

/** @param {{usage: Usage}} props */
export function UsageOf({ usage }) {
  if (usage.total.calls === 0) return html`<section class="card" aria-labelledby="usage-title">
    <h2 id="usage-title">What reading takes</h2>
    <p class="quiet">No model has been asked in the last 30 days. Tokens and rupees appear here, by day and model, with the first invoice that is read.</p>
  </section>`;
  const days = usage.days.map((each) => each.day);
  const tokens = usage.total.input_tokens + usage.total.output_tokens;
  return html`<section aria-labelledby="usage-title">
    <h2 id="usage-title">What reading takes</h2>
    <div class="plots">
      <${Plot} title="Tokens" total=${countWords(tokens)} days=${days} words=${countWords} axis=${shortWords} series=${seriesOf(usage, (used) => used.input_tokens + used.output_tokens)} />
      <${Plot} title="Rupees" total=${rupeeWords(usage.total.price_inr)} days=${days} words=${rupeeWords} axis=${roundRupeeWords} series=${seriesOf(usage, (used) => used.price_inr)} />
    </div>
    <${Models} usage=${usage} />
  </section>`;
}

/** @param {{usage: Usage}} props */
function Models({ usage }) {
  return html`<div class="card wide models" tabindex="0" role="region" aria-label="The last 30 days by model"><table>
    <thead><tr><th scope="col">Model, last 30 days</th><th scope="col">Calls</th><th scope="col">Tokens in</th><th scope="col">Tokens out</th><th scope="col">Rupees</th></tr></thead>
    <tbody>${usage.models.map((each) => html`<tr key=${each.model}>
      <th scope="row"><bdi>${each.model}</bdi></th><td data-label="Calls">${countWords(each.calls)}</td><td data-label="Tokens in">${countWords(each.input_tokens)}</td><td data-label="Tokens out">${countWords(each.output_tokens)}</td>
      <td data-label="Rupees">${each.unpriced ? html`<span title=${`${each.unpriced} calls have no known price`}>${each.unpriced === each.calls ? "not known" : `${rupeeWords(each.price_inr)} at least`}</span>` : rupeeWords(each.price_inr)}</td>
    </tr>`)}</tbody>
  </table></div>`;
}
