/** The API's reference: Swagger UI, on the document that this very server gives. */

import { ask } from "../review/server.js";
import { session } from "../review/session.js";
import { accessible } from "./accessible.js";
import { shown } from "./shown.js";

/**
 * @typedef {{preauthorizeApiKey: (name: string, value: string) => void}} Reference
 * @typedef {(options: Record<string, unknown>) => Reference} Renderer
 */

const dark = matchMedia("(prefers-color-scheme: dark)");
const paint = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", paint);
paint();

/** @type {{SwaggerUIBundle: Renderer}} */
const { SwaggerUIBundle: render } = /** @type {any} */ (window); // its script has run before this one

const root = /** @type {HTMLElement} */ (document.getElementById("app"));
try {
  const spec = shown(await ask("/docs/openapi.json", {}));
  root.replaceChildren();
  const reference = render({
    spec,
    domNode: root,
    deepLinking: true,
    docExpansion: "list",
    defaultModelsExpandDepth: 0,
    displayRequestDuration: true,
    filter: true,
    validatorUrl: null,
    plugins: [accessible],
    onComplete: () => {
      const now = session();
      if (now) reference.preauthorizeApiKey("token", `Bearer ${now.token}`);
    },
  });
} catch (error) {
  const told = document.createElement("p");
  told.className = "problem";
  told.role = "alert";
  told.textContent = error instanceof Error ? error.message : String(error);
  root.replaceChildren(told);
}
