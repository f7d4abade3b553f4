/** The words of a drawn page, each with its box in the PDF's own coordinates. */

/**
 * @typedef {number[]} Rect x0, y0, x1, y1
 * @typedef {{text: string, rect: Rect}} Word
 */

/** @param {number[]} a @param {number[]} b @returns {Rect} */
function spanned(a, b) {
  const [ax = 0, ay = 0] = a;
  const [bx = 0, by = 0] = b;
  return [Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)];
}

/** Where a pointer is on a page. @param {any} view a page's view @param {{clientX: number, clientY: number}} point @returns {number[]} */
export function pointOn(view, point) {
  const origin = view.div.getBoundingClientRect();
  return view.viewport.convertToPdfPoint(
    point.clientX - origin.left - view.div.clientLeft,
    point.clientY - origin.top - view.div.clientTop,
  );
}

/** @param {any} view @param {DOMRect} seen @returns {Rect} */
function rectOn(view, seen) {
  return spanned(
    pointOn(view, { clientX: seen.left, clientY: seen.top }),
    pointOn(view, { clientX: seen.right, clientY: seen.bottom }),
  );
}

/** @type {WeakMap<Element, {scale: number, rotation: number, words: Word[], phrases: Word[]}>} */
const known = new WeakMap();

/** A page's words, and its phrases: each word with what stands behind it in the same run of text. @param {any} view */
export function textOn(view) {
  const layer = view?.textLayer?.div;
  if (!layer?.isConnected) return { words: [], phrases: [] };
  const { scale, rotation } = view.viewport;
  const former = known.get(layer);
  if (former && former.scale === scale && former.rotation === rotation && former.words.length) return former;
  /** @type {Word[]} */
  const words = [];
  /** @type {Word[]} */
  const phrases = [];
  const range = document.createRange();
  const walker = document.createTreeWalker(layer, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = /** @type {Text} */ (walker.currentNode);
    for (const match of node.data.matchAll(/\S+/g)) {
      range.setStart(node, match.index);
      range.setEnd(node, match.index + match[0].length);
      const seen = range.getBoundingClientRect();
      if (!seen.width) continue;
      words.push({ text: match[0], rect: rectOn(view, seen) });
      range.setEnd(node, node.data.trimEnd().length);
      phrases.push({ text: node.data.slice(match.index).trimEnd(), rect: rectOn(view, range.getBoundingClientRect()) });
    }
  }
  const found = { scale, rotation, words, phrases };
  known.set(layer, found);
  return found;
}

/** @param {Word[]} words @param {number[]} point */
export function wordAt(words, [x = 0, y = 0]) {
  return words.find(({ rect: [x0 = 0, y0 = 0, x1 = 0, y1 = 0] }) => x >= x0 && x <= x1 && y >= y0 && y <= y1);
}

/** The text inside a rectangle: words whose middle is in it, by line, left to right. @param {any} view @param {Word[]} words @param {Rect} rect */
export function textIn(view, words, rect) {
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = rect;
  const upright = view.viewport.clone({ rotation: view.pdfPageRotate }); // whatever the user has turned
  const inside = words
    .filter(({ rect: r }) => {
      const x = ((r[0] ?? 0) + (r[2] ?? 0)) / 2;
      const y = ((r[1] ?? 0) + (r[3] ?? 0)) / 2;
      return x > x0 && x < x1 && y > y0 && y < y1;
    })
    .map((word) => ({
      word,
      seen: spanned(
        upright.convertToViewportPoint(word.rect[0], word.rect[1]),
        upright.convertToViewportPoint(word.rect[2], word.rect[3]),
      ),
    }))
    .sort((one, other) => (one.seen[1] ?? 0) - (other.seen[1] ?? 0));
  /** @type {{top: number, bottom: number, words: typeof inside}[]} */
  const lines = [];
  for (const each of inside) {
    const middle = ((each.seen[1] ?? 0) + (each.seen[3] ?? 0)) / 2;
    const line = lines.find((one) => middle > one.top && middle < one.bottom);
    if (line) line.words.push(each);
    else lines.push({ top: each.seen[1] ?? 0, bottom: each.seen[3] ?? 0, words: [each] });
  }
  const text = lines
    .map((line) => line.words.sort((one, other) => (one.seen[0] ?? 0) - (other.seen[0] ?? 0)).map((each) => each.word.text).join(" "))
    .join("\n");
  return { text, rect: inside.length ? inside.map((each) => each.word.rect).reduce(union) : rect };
}

/** @param {Rect} one @param {Rect} other @returns {Rect} */
export function union(one, other) {
  return [
    Math.min(one[0] ?? 0, other[0] ?? 0),
    Math.min(one[1] ?? 0, other[1] ?? 0),
    Math.max(one[2] ?? 0, other[2] ?? 0),
    Math.max(one[3] ?? 0, other[3] ?? 0),
  ];
}
