/** The live view of webhooks. */

import { render } from "preact";

import { html } from "../check/markup.js";
import { Hits } from "./hits.js";

const root = /** @type {HTMLElement} */ (document.getElementById("app"));
root.replaceChildren();
render(html`<${Hits} />`, root);
