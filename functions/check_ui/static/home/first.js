/** Where there is nothing yet: how the first invoice comes in. */

import { useState } from "preact/hooks";

import { html } from "../check/markup.js";
import { session, setup } from "../review/session.js";
import { Uploads } from "../review/uploads.js";

/** @param {{user: string, isEmpty: boolean, onRead: () => void}} props It stays when it is no longer empty: files may be on their way. */
export function First({ user, isEmpty, onRead }) {
  // Whose invoices are sent; whose are shown is another matter.
  const [sender, setSender] = useState(session()?.user_id ?? user);
  const token = setup.sign_in ? ' -H "Authorization: Bearer $TOKEN"' : "";
  const curl = `curl -X POST ${location.origin}/upload/${token} -F "user_id=${sender || "123"}" -F "file=@invoice.pdf"`;
  return html`<div class="first">
    ${isEmpty && html`<p>Nothing has been uploaded yet. The first invoice comes in by any of these ways; it is read within seconds, and appears here by itself.</p>`}
    <${Uploads} user=${sender} onUser=${setSender} fixed=${setup.sign_in} onRead=${onRead} />
    <div class="card"><h2>Or from a terminal</h2><pre tabindex="0" aria-label="A command that uploads an invoice"><code>${curl}</code></pre></div>
  </div>`;
}
