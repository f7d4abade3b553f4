/** The review queue. */

import { render } from "preact";

import { html } from "../check/markup.js";
import { Review } from "./review.js";

const root = /** @type {HTMLElement} */ (document.getElementById("app"));
root.replaceChildren();
render(html`<${Review} />`, root);
