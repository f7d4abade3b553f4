"""Which words of a page a person would see: the others are no part of the document."""

from __future__ import annotations

import pypdfium2 as pdfium
from pypdfium2 import raw

from emulators.gemini.reader.page import Page, Word

_LEAST_SIZE = 2.0
_LEAST_CONTRAST = 12
_FEW_WORDS = 8
_DRAWN_PAGES = 12
_OUTLINES = 40


def keep_visible(
    page: pdfium.PdfPage,
    text: raw.FPDF_TEXTPAGE,
    answer: Page,
    words: list[tuple[Word, int]],
    *,
    upright: bool,
) -> None:
    """Puts the visible words into `answer`, and whether its content is a picture.

    `words` come with the index of their first character; `upright` says that they
    were not turned, so that they can be looked up in a drawing of the page.
    """
    covered, outlined = _pictures(page, answer.width * answer.height)
    answer.words = _shown(text, words, answer, scanned=covered > 0.5)
    answer.pictured = covered > 0.5 and len(answer.words) < _FEW_WORDS
    answer.pictured = answer.pictured or (not answer.words and (covered > 0.1 or outlined))
    if answer.pictured:
        answer.words = []
    elif upright and not answer.recognized and answer.number <= _DRAWN_PAGES:
        _drop_unseen(page, answer)


def _shown(
    text: raw.FPDF_TEXTPAGE, words: list[tuple[Word, int]], page: Page, *, scanned: bool
) -> list[Word]:
    """Words on the page, large enough to read, drawn at all, and each only once."""
    shown: list[Word] = []
    seen: set[tuple[str, int, int]] = set()
    for word, index in words:
        place = (word.text, round(word.x0 / 2), round(word.base / 2))
        outside = word.x1 <= 0 or word.y1 <= 0 or word.x0 >= page.width or word.y0 >= page.height
        if outside or word.size < _LEAST_SIZE or place in seen:
            continue
        seen.add(place)
        item = raw.FPDFText_GetTextObject(text, index)
        mode = raw.FPDFTextObj_GetTextRenderMode(item) if item else raw.FPDF_TEXTRENDERMODE_FILL
        if mode == raw.FPDF_TEXTRENDERMODE_INVISIBLE:
            # Over a scan it is what a recognizer read there.
            if not scanned:
                continue
            page.recognized = True
        word.bold = raw.FPDFText_GetFontWeight(text, index) >= 600
        shown.append(word)
    return shown


def _pictures(page: pdfium.PdfPage, area: float) -> tuple[float, bool]:
    """The share of the page that pictures cover, and whether it has outlines enough to be drawn letters."""
    covered = 0.0
    outlines = 0
    kinds = [raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH]
    for item in page.get_objects(filter=kinds, max_depth=4):
        if item.type == raw.FPDF_PAGEOBJ_PATH:
            outlines += 1
            continue
        left, bottom, right, top = item.get_bounds()
        covered += max(0.0, right - left) * max(0.0, top - bottom)
    return covered / max(area, 1.0), outlines > _OUTLINES


def _drop_unseen(page: pdfium.PdfPage, answer: Page) -> None:
    """Takes out words that have no contrast to their ground, in its colour or under a cover."""
    scale = min(1.5, 1600 / max(answer.width, answer.height, 1))
    image = page.render(scale=scale, draw_annots=False).to_pil().convert("RGB")
    seen = []
    for word in answer.words:
        box = (
            max(0, int(word.x0 * scale)),
            max(0, int(word.y0 * scale)),
            min(image.width, int(word.x1 * scale) + 1),
            min(image.height, int(word.y1 * scale) + 1),
        )
        if box[0] >= box[2] or box[1] >= box[3]:
            seen.append(word)
            continue
        bands = image.crop(box).getextrema()
        if max(high - low for low, high in bands) >= _LEAST_CONTRAST:
            seen.append(word)
    answer.words = seen
