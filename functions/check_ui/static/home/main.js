/** The landing page: the system's state. */

import { render } from "preact";

import { html } from "../check/markup.js";
import { State } from "./state.js";

const root = /** @type {HTMLElement} */ (document.getElementById("app"));
root.replaceChildren();
render(html`<${State} />`, root);
