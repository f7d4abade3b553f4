/** Boxes of the evidence, and rectangles in the PDF's own coordinates. */

/**
 * A box of the evidence in the PDF's own coordinates.
 * @param {any} view a page's view whose pdfPage is loaded
 * @param {number[]} box
 */
export function pdfRect(view, box) {
  const page = view.pdfPage;
  const upright = page.getViewport({ scale: 1 / page.userUnit, rotation: page.rotate });
  const [ax, ay] = upright.convertToPdfPoint(box[0], box[1]);
  const [bx, by] = upright.convertToPdfPoint(box[2], box[3]);
  return [Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)];
}

/**
 * The same the other way: a rectangle in the PDF's coordinates as a box of the evidence.
 * @param {any} view
 * @param {number[]} rect
 */
export function pageBox(view, rect) {
  const page = view.pdfPage;
  const upright = page.getViewport({ scale: 1 / page.userUnit, rotation: page.rotate });
  const [ax, ay] = upright.convertToViewportPoint(rect[0], rect[1]);
  const [bx, by] = upright.convertToViewportPoint(rect[2], rect[3]);
  return [Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)].map((side) => Math.round(side * 100) / 100);
}
