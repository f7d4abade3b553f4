/** Asking for a name and a password, where the system asks for a token. */

import { useState } from "preact/hooks";

import { html } from "../check/markup.js";
import { signIn } from "./server.js";
import { setSession } from "./session.js";

/** @param {{onDone: () => void}} props */
export function SignIn({ onDone }) {
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const submit = async (/** @type {any} */ event) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    try {
      const done = await signIn(String(form.get("name")), String(form.get("password")));
      setSession({ token: done.access_token, user_id: String(done.user_id), name: done.user_name });
      onDone();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  return html`<form class="signin card" onSubmit=${submit}>
    <h2>Sign in</h2>
    <label>Name <input name="name" autocomplete="username" required /></label>
    <label>Password <input name="password" type="password" autocomplete="current-password" required /></label>
    ${problem && html`<p class="problem" role="alert">${problem}</p>`}
    <button class="main" disabled=${busy}>Sign in</button>
  </form>`;
}
