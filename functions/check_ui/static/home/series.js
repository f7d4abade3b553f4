/** What is drawn of the usage: one series a model, the least used ones together. */

/** @typedef {import("./server.js").Status["usage"]} Usage */
/** @typedef {import("./server.js").Used} Used */
/** @typedef {{name: string, colour: number, values: number[], total: number}} Series */

export const COLOURS = 6;
const OTHERS = "other models";

/** @param {Usage} usage @param {(used: Used) => number} value @returns {Series[]} */
export function seriesOf(usage, value) {
  // By name, so that a model keeps its colour while others grow.
  const names = usage.models.map((each) => each.model);
  const most = [...usage.models].sort((a, b) => b.input_tokens + b.output_tokens - a.input_tokens - a.output_tokens);
  const own = names.length <= COLOURS ? names : most.slice(0, COLOURS - 1).map((each) => each.model).sort();
  /** @param {string} name @param {number} colour @param {(model: string) => boolean} mine @returns {Series} */
  const series = (name, colour, mine) => {
    const values = usage.days.map((day) => day.models.filter((each) => mine(each.model)).reduce((sum, each) => sum + value(each), 0));
    return { name, colour, values, total: values.reduce((sum, each) => sum + each, 0) };
  };
  const found = own.map((name, colour) => series(name, colour, (model) => model === name));
  if (own.length < names.length) found.push(series(OTHERS, COLOURS - 1, (model) => !own.includes(model)));
  return found.filter((each) => each.total > 0);
}
