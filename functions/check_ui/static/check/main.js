/** The check page. */

import { render } from "preact";

import { Check } from "./check.js";
import { html } from "./markup.js";

const root = /** @type {HTMLElement} */ (document.getElementById("app"));
root.replaceChildren();
render(html`<${Check} />`, root);
