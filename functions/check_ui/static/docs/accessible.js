/** What Swagger UI lacks for a keyboard or a screen reader, put right by its own plugin interface. */

/**
 * @typedef {Record<string, any>} Props
 * @typedef {{React: {createElement: (type: unknown, props: Props | null, ...children: unknown[]) => unknown}}} System
 * @typedef {(original: unknown, system: System) => (props: Props) => unknown} Wrap
 */

/** A path was a link inside the button that opens its operation. It may end its line behind a slash. @type {Wrap} */
const path = (_, { React }) => ({ operationProps }) =>
  React.createElement("span", { className: "opblock-summary-path" }, operationProps.get("path").replaceAll("/", "/\u200b"));

/** A file's input had no name, nor had a choice. @type {Wrap} */
const form = (Original, { React }) => (props) => {
  const input = React.createElement(Original, props);
  const schema = props["schema"];
  const isNameless = ["file", "boolean"].includes(schema?.get("type")) || schema?.get("enum");
  return isNameless ? React.createElement("label", null, React.createElement("span", { className: "unseen" }, props["description"]), input) : input;
};

/** Nor had a body's. @type {Wrap} */
const body = (Original, { React }) => (props) => React.createElement(Original, { "aria-label": "Body", ...props });

/** The groups' headings began at the third level, after the first, and a filter without a hit was told as a fault of the document. @type {Wrap} */
const operations = (Original, { React }) => (props) => [
  React.createElement("h2", { key: "title", className: "unseen" }, "Calls"),
  props["specSelectors"].taggedOperations().size
    ? React.createElement(Original, { key: "calls", ...props })
    : React.createElement("h3", { key: "calls", className: "none" }, "No call fits this filter."),
];

/**
 * Attributes of what has been drawn, by selector; null takes one away.
 * @param {Record<string, Record<string, string | null>>} changes @returns {Wrap}
 */
const drawn = (changes) => (Original, { React }) => {
  const change = (/** @type {Element | null} */ place) => {
    for (const [selector, attributes] of Object.entries(changes))
      for (const found of place?.querySelectorAll(selector) ?? [])
        for (const [name, value] of Object.entries(attributes)) value === null ? found.removeAttribute(name) : found.setAttribute(name, value);
  };
  // A new function each time, so that it is called whenever the part is drawn again.
  return (props) => React.createElement("div", { ref: (/** @type {Element | null} */ place) => change(place) }, React.createElement(Original, props));
};

/** A table was no table, but a region without a name. */
const responses = drawn({ 'table[role="region"]': { role: null } });

/** Text that scrolls could not be scrolled by keys. */
const code = drawn({ pre: { tabindex: "0" } });

/** The dialog was none, and its buttons were named by nothing, or by other words than they show. */
const popup = drawn({
  ".modal-ux": { role: "dialog", "aria-modal": "true", "aria-label": "Authorizations" },
  ".modal-ux h3": { "aria-level": "2" },
  ".modal-ux h4": { "aria-level": "3" },
  ".close-modal": { "aria-label": "Close" },
  ".modal-btn": { "aria-label": null },
});

/** Parts of the page that stood beside every landmark. @param {string} name @returns {Wrap} */
const section = (name) => (Original, { React }) => (props) =>
  React.createElement("section", { "aria-label": name }, React.createElement(Original, props));

export const accessible = () => ({
  wrapComponents: {
    OperationSummaryPath: path,
    JsonSchemaForm: form,
    TextArea: body,
    HighlightCode: code,
    curl: code,
    authorizationPopup: popup,
    operations,
    responses,
    InfoContainer: section("About"),
    SchemesContainer: section("Credentials"),
    FilterContainer: section("Filter"),
  },
});
