/** The check page's form, in place of what the server sent. */

import { render } from "preact";

import { Check } from "./check.js";
import { html } from "./markup.js";

const opening = /** @type {HTMLElement} */ (document.getElementById("app"));
const root = /** @type {HTMLElement} */ (opening.cloneNode(false));
opening.before(root);
render(html`<${Check} />`, root);
opening.remove();
