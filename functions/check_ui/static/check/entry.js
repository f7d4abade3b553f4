/** One field: its name, its input by kind, where it was found, and why it is doubtful. */

import { Icon } from "./icons.js";
import { html } from "./markup.js";
import { choiceLabel } from "./labels.js";
import { NUMBER_KINDS, setup } from "./setup.js";
import { Sides } from "./sides.js";
import { tidied } from "./values.js";

/**
 * @param {{
 *   place: string, field: import("./setup.js").Field, label: string, text: string, disabled: boolean,
 *   describedBy?: string | undefined, invalid?: boolean,
 *   onText: (text: string) => void, onFocus: () => void,
 * }} props
 */
export function Input({ place, field, label, text, disabled, describedBy, invalid, onText, onFocus }) {
  const shared = {
    id: `field-${place}`,
    "data-place": place,
    "aria-label": label,
    "aria-describedby": describedBy,
    "aria-invalid": invalid ? "true" : undefined,
    value: text,
    disabled,
    onFocus,
    onInput: (/** @type {any} */ event) => onText(event.currentTarget.value),
    onBlur: (/** @type {any} */ event) => {
      const tidy = tidied(field.kind, event.currentTarget.value);
      if (!tidy.problem && tidy.text !== event.currentTarget.value) onText(tidy.text);
    },
  };
  if (field.kind === "choice") return select(shared, setup.fields.choices[field.name] ?? [], choiceLabel);
  if (field.kind === "currency") return select(shared, setup.fields.currencies, (code) => code);
  if (field.kind === "date")
    return html`<input type="text" inputmode="numeric" placeholder="YYYY-MM-DD" autocomplete="off" ...${shared} />`;
  if (field.kind === "address" || field.name === "payment_terms" || field.name === "description")
    return html`<textarea rows="1" dir="auto" ...${shared}></textarea>`;
  if (NUMBER_KINDS.has(field.kind))
    return html`<input type="text" inputmode="decimal" class="number" autocomplete="off" ...${shared} />`;
  return html`<input type="text" dir="auto" autocomplete="off" spellcheck=${false} ...${shared} />`;
}

/** @param {any} shared @param {string[]} options @param {(option: string) => string} name */
function select(shared, options, name) {
  const known = shared.value === "" || options.includes(shared.value);
  return html`<select ...${shared}>
    <option value="">–</option>
    ${!known && html`<option value=${shared.value}>${shared.value}</option>`}
    ${options.map((option) => html`<option key=${option} value=${option}>${name(option)}</option>`)}
  </select>`;
}

/**
 * @param {{
 *   place: string, field: import("./setup.js").Field, label: string, fullLabel: string, text: string, changed: boolean,
 *   disabled: boolean, live: boolean, reasons: import("./server.js").Reason[], problem: string | null,
 *   evidence: import("./server.js").Evidence | null, confidence: number | null,
 *   onText: (text: string) => void, onFocus: () => void,
 * }} props
 */
export function Entry(props) {
  const { place, field, label, reasons, problem, evidence, confidence, changed, text } = props;
  const doubtful = reasons.length > 0 && (props.live || !changed);
  const notes = `notes-${place}`;
  return html`<div class=${`entry kind-${field.kind}${doubtful ? " doubtful" : ""}${changed ? " changed" : ""}`}>
    <label for=${`field-${place}`} title=${field.meaning}>${label}</label>
    <${Input} place=${place} field=${field} label=${props.fullLabel} text=${text} disabled=${props.disabled}
      describedBy=${notes} invalid=${Boolean(problem)} onText=${props.onText} onFocus=${props.onFocus} />
    <div class="notes" id=${notes}>
      ${problem && html`<p class="problem">${problem}</p>`}
      ${doubtful && reasons.map((reason) => html`<p class="reason"><${Icon} name="doubt" />${reason.message}</p>
        <${Sides} reason=${reason} kind=${field.kind} text=${text} label=${props.fullLabel} onTake=${props.onText} />`)}
      <p class="quiet">${found(evidence, confidence, changed, text)}</p>
    </div>
  </div>`;
}

/** Where a value comes from, in a few words. @param {import("./server.js").Evidence | null} evidence @param {number | null} confidence @param {boolean} changed @param {string} text */
function found(evidence, confidence, changed, text) {
  if (changed) return "Changed, not saved yet";
  /** @type {string[]} */
  const words = [];
  const exact = evidence?.source === "xml" ? "from the XML" : evidence?.source === "qr" ? "from the QR code" : null;
  if (exact) words.push(exact);
  if (evidence?.page) words.push(`page ${evidence.page}`);
  if (text && confidence !== null) words.push(confidence === 1 ? "confirmed" : `${Math.round(confidence * 100)} % sure`);
  return words.join(" · ");
}
