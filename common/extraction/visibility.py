"""Which characters a person looking at the page sees. Runs in the reading process only.

The page is drawn twice, with its text and without. A character whose place looks
the same both times shows nothing: it is of the colour of its ground, covered,
clipped or off the page. A text layer without ink over a scan is no hidden text
where the picture has something to show.
"""

from __future__ import annotations

import ctypes
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pypdfium2.raw as pdfium

from common.extraction.layout import Glyph
from common.extraction.page import Box, Hidden
from common.extraction.pdfium import Frame, Ink

_SCALE = 1.5
_MAX_PIXELS = 16_000_000
_FEWEST = 3.0
"""Height of a character in pixels from which its ink can be told."""
_CONTRAST = 22
"""Levels of grey, of 255, from which a difference can be seen."""
_FAINT = 5
"""The same where the characters beside it are seen."""
_STROKE = 1.5
"""Width in points up to which a character is a single stroke."""
_SMALLEST = 2.0
"""Type size in points below which nobody reads."""
_INVISIBLE = 3
_CLIP = 7
_SCAN = 0.5
"""Share of the page that pictures cover on a scan."""
_INKLESS = "drawn without ink"
_COVERED = "of the colour of its ground, or covered"
_MAX_SUSPECTS = 24
_DEPTH = 8


class Picture(NamedTuple):
    """The page drawn in grey."""

    data: bytes
    width: int
    height: int
    stride: int
    scale: float

    def rows(self, box: Box) -> Iterator[tuple[int, int]]:
        """The slices of `data` that a box covers, the middle ones first."""
        x0 = max(0, int(box.x0 * self.scale))
        x1 = min(self.width, int(box.x1 * self.scale) + 1)
        y0 = max(0, int(box.y0 * self.scale))
        y1 = min(self.height, int(box.y1 * self.scale) + 1)
        if x1 <= x0:
            return
        middle = (y0 + y1) // 2
        for y in (*range(middle, y1), *range(y0, middle)):
            start = y * self.stride
            yield start + x0, start + x1


class Sight(NamedTuple):
    """What can be seen of a page's text."""

    glyphs: list[Glyph]
    hidden: list[Hidden]
    picture: bool
    """Whether the page's content is a picture."""


def seen(page: pdfium.FPDF_PAGE, frame: Frame, marks: Sequence[tuple[Glyph, Ink | None]]) -> Sight:
    """The characters that can be seen, and the texts that can't, with the reason."""
    images, texts = _objects(page, frame)
    area = max(1.0, frame.width * frame.height)
    covered = min(1.0, sum(_area(box, frame) for box in images) / area)
    scan = covered >= _SCAN
    if not any(ink is not None for _, ink in marks):
        return Sight([], [], scan)
    whole = bare = draw(page, frame)
    if any(ink is not None and ink.mode not in (_INVISIBLE, _CLIP) for _, ink in marks):
        for text in texts:
            pdfium.FPDFPageObj_SetIsActive(text, False)
        bare = draw(page, frame)
    why: list[str | None] = []
    for glyph, ink in marks:
        why.append(None if ink is None else _why(glyph, ink, frame, images, scan, whole, bare))
    _overlaid(page, frame, texts, marks, why, bare)
    _thin(marks, why, whole, bare)
    _word_by_word(marks, why)
    _inherit(marks, why)
    visible = [glyph for (glyph, _), reason in zip(marks, why, strict=True) if reason is None]
    inked = sum(
        ink is not None and ink.mode != _INVISIBLE and reason is None
        for (_, ink), reason in zip(marks, why, strict=True)
    )
    return Sight(visible, list(_texts(marks, why)), scan and inked < 60)


def draw(page: pdfium.FPDF_PAGE, frame: Frame, scale: float = _SCALE) -> Picture:
    """The page as shown, in grey, on white."""
    scale = min(scale, (_MAX_PIXELS / max(1.0, frame.width * frame.height)) ** 0.5)
    width, height = max(1, int(frame.width * scale)), max(1, int(frame.height * scale))
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_Gray, None, 0)
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, 0)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        buffer = ctypes.cast(
            pdfium.FPDFBitmap_GetBuffer(bitmap), ctypes.POINTER(ctypes.c_ubyte * (stride * height))
        )
        return Picture(bytes(buffer.contents), width, height, stride, scale)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)


def _why(
    glyph: Glyph, ink: Ink, frame: Frame, images: list[Box], scan: bool, whole: Picture, bare: Picture
) -> str | None:
    """Why a character can't be seen; None for one that can."""
    box = glyph.box
    if box.x1 <= 0 or box.y1 <= 0 or box.x0 >= frame.width or box.y0 >= frame.height:
        return "off the page"
    if ink.size < _SMALLEST:
        return "too small to read"
    if not glyph.sign.isalnum():
        return None
    over_image = any(_inside(box, image) for image in images)
    if ink.mode == _INVISIBLE or ink.mode == _CLIP or ink.alpha == 0:
        if over_image and _varied(bare, box):
            return None
        return _INKLESS
    if ink.size * whole.scale < _FEWEST or _differs(whole, bare, box):
        return None
    if scan and over_image and _varied(bare, box):
        return None  # a scan's recognised text, laid under its picture
    return _COVERED


def _differs(one: Picture, other: Picture, box: Box, contrast: int = _CONTRAST) -> bool:
    """Whether a place looks different in two drawings of the page."""
    for start, end in one.rows(box):
        mine, theirs = one.data[start:end], other.data[start:end]
        if mine == theirs:
            continue
        # Dark ink on a light ground shows in the darkest point alone; anything else is compared point by point.
        if abs(min(mine) - min(theirs)) >= contrast or _largest(mine, theirs) >= contrast:
            return True
    return False


def _largest(mine: bytes, theirs: bytes) -> int:
    return max(abs(a - b) for a, b in zip(mine, theirs, strict=True))


def _varied(picture: Picture, box: Box) -> bool:
    """Whether a place of the picture has something on it."""
    low, high = 255, 0
    for start, end in picture.rows(box):
        row = picture.data[start:end]
        low, high = min(low, *row), max(high, *row)
        if high - low >= _CONTRAST:
            return True
    return False


def _overlaid(
    page: pdfium.FPDF_PAGE,
    frame: Frame,
    texts: list[pdfium.FPDF_PAGEOBJECT],
    marks: Sequence[tuple[Glyph, Ink | None]],
    why: list[str | None],
    bare: Picture,
) -> None:
    """Texts that lie over one another: each is drawn alone, so that none hides behind what is seen of another."""
    suspects = _overlapping(marks, why)
    for handle in sorted(suspects)[:_MAX_SUSPECTS]:
        text = next((each for each in texts if _address(each) == handle), None)
        if text is None:
            continue
        pdfium.FPDFPageObj_SetIsActive(text, True)
        alone = draw(page, frame)
        pdfium.FPDFPageObj_SetIsActive(text, False)
        for at, (glyph, ink) in enumerate(marks):
            if ink is None or ink.handle != handle or why[at] is not None or not glyph.sign.isalnum():
                continue
            if ink.mode in (_INVISIBLE, _CLIP):
                continue
            if not _differs(alone, bare, glyph.box):
                why[at] = _COVERED


def _overlapping(marks: Sequence[tuple[Glyph, Ink | None]], why: list[str | None]) -> set[int]:
    """The text objects that lie over another's characters."""
    grid: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    suspects: set[int] = set()
    for at, (glyph, ink) in enumerate(marks):
        if ink is None or why[at] is not None or not glyph.sign.isalnum():
            continue
        box = glyph.box
        middle = ((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2)
        key = int(middle[0] // 8), int(middle[1] // 8)
        for other in grid[key]:
            other_glyph, other_ink = marks[other]
            if other_ink is None or other_ink.handle == ink.handle or other_glyph.sign == glyph.sign:
                continue
            its = other_glyph.box
            if its.x0 < middle[0] < its.x1 and its.y0 < middle[1] < its.y1:
                suspects |= {ink.handle, other_ink.handle}
        grid[key].append(at)
    return suspects


def _thin(
    marks: Sequence[tuple[Glyph, Ink | None]], why: list[str | None], whole: Picture, bare: Picture
) -> None:
    """An "l" among characters that are seen is seen too, however little ink its stroke has.

    It may be drawn a pixel beside its place; a digit is looked for in its own place alone.
    """
    sure = [
        reason is None and ink is not None and glyph.sign.isalnum()
        for (glyph, ink), reason in zip(marks, why, strict=True)
    ]
    for at, (glyph, ink) in enumerate(marks):
        if ink is None or why[at] != _COVERED:
            continue
        slack = 0.0 if glyph.sign.isdigit() or glyph.box.x1 - glyph.box.x0 > _STROKE else 1.0 / whole.scale
        box = Box(glyph.box.x0 - slack, glyph.box.y0 - slack, glyph.box.x1 + slack, glyph.box.y1 + slack)
        for other in (at - 1, at + 1):
            its = marks[other][1] if 0 <= other < len(marks) and sure[other] else None
            if its is not None and its.handle == ink.handle and _differs(whole, bare, box, _FAINT):
                why[at] = None
                sure[at] = True
                break


def _word_by_word(marks: Sequence[tuple[Glyph, Ink | None]], why: list[str | None]) -> None:
    """A scan's recognised words lie only roughly on their picture: one that half shows is seen whole."""
    word: list[int] = []
    for at in range(len(marks) + 1):
        glyph, ink = marks[at] if at < len(marks) else (None, None)
        if (
            glyph is not None
            and ink is not None
            and not glyph.sign.isspace()
            and ink.mode in (_INVISIBLE, _CLIP)
        ):
            word.append(at)
            continue
        signs = [each for each in word if marks[each][0].sign.isalnum()]
        blank = [each for each in signs if why[each] == _INKLESS]
        if blank and len(blank) <= 0.5 * len(signs):
            for each in blank:
                why[each] = None
        word = []


def _inherit(marks: Sequence[tuple[Glyph, Ink | None]], why: list[str | None]) -> None:
    """Commas and points are too small to tell: they are seen as the character before them is."""
    for step in (1, -1):
        last: str | None = None
        handle = 0
        order = range(len(marks)) if step == 1 else range(len(marks) - 1, -1, -1)
        for at in order:
            glyph, ink = marks[at]
            if ink is None:
                continue
            if glyph.sign.isalnum():
                last, handle = why[at], ink.handle
            elif why[at] is None and ink.handle == handle and last is not None and step == 1:
                why[at] = last


def _texts(marks: Sequence[tuple[Glyph, Ink | None]], why: list[str | None]) -> Iterator[Hidden]:
    """The hidden characters as texts."""
    words: list[str] = []
    reason: str | None = None
    whole = True
    shown = {
        ink.handle
        for (glyph, ink), each in zip(marks, why, strict=True)
        if ink is not None and each is None and glyph.sign.isalnum()
    }
    for (glyph, ink), hidden in zip(marks, why, strict=True):
        if hidden is not None and ink is not None:
            whole = ink.handle not in shown
            if reason is not None and hidden != reason:
                yield from _reported(words, reason, whole)
                words = []
            reason = hidden
            words.append(glyph.sign)
        elif ink is None or glyph.sign.isspace():
            if reason is not None:
                words.append(" ")
        elif reason is not None:
            yield from _reported(words, reason, whole)
            words, reason = [], None
    if reason is not None:
        yield from _reported(words, reason, whole)


def _reported(words: list[str], reason: str, whole: bool) -> Iterator[Hidden]:
    """A hidden text worth telling: not the clipped tail of a word, nor a scanner's noise."""
    text = " ".join("".join(words).split())
    digits = sum(map(str.isdigit, text))
    letters = sum(map(str.isalnum, text))
    if digits >= 3 or letters >= 12 or (whole and letters >= 3 and reason != _INKLESS):
        yield Hidden(text, reason)


def _objects(page: pdfium.FPDF_PAGE, frame: Frame) -> tuple[list[Box], list[pdfium.FPDF_PAGEOBJECT]]:
    """Where the page's pictures are, and its text objects, those within forms included."""
    images: list[Box] = []
    texts: list[pdfium.FPDF_PAGEOBJECT] = []
    for number in range(pdfium.FPDFPage_CountObjects(page)):
        _collect(
            pdfium.FPDFPage_GetObject(page, number), (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), frame, images, texts, 0
        )
    return images, texts


def _collect(
    thing: pdfium.FPDF_PAGEOBJECT,
    matrix: tuple[float, ...],
    frame: Frame,
    images: list[Box],
    texts: list[pdfium.FPDF_PAGEOBJECT],
    depth: int,
) -> None:
    kind = pdfium.FPDFPageObj_GetType(thing)
    if kind == pdfium.FPDF_PAGEOBJ_TEXT:
        texts.append(thing)
    elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        if pdfium.FPDFPageObj_GetBounds(thing, left, bottom, right, top):
            corners = [_apply(matrix, x.value, y.value) for x in (left, right) for y in (bottom, top)]
            xs, ys = [x for x, _ in corners], [y for _, y in corners]
            images.append(frame.box(min(xs), min(ys), max(xs), max(ys)))
    elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEPTH:
        own = pdfium.FS_MATRIX()
        pdfium.FPDFPageObj_GetMatrix(thing, own)
        inner = _times((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
        for number in range(pdfium.FPDFFormObj_CountObjects(thing)):
            _collect(pdfium.FPDFFormObj_GetObject(thing, number), inner, frame, images, texts, depth + 1)


def _apply(matrix: tuple[float, ...], x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _times(one: tuple[float, ...], two: tuple[float, ...]) -> tuple[float, ...]:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = two
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _inside(box: Box, image: Box) -> bool:
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    return image.x0 <= x <= image.x1 and image.y0 <= y <= image.y1


def _area(box: Box, frame: Frame) -> float:
    width = min(box.x1, frame.width) - max(box.x0, 0.0)
    height = min(box.y1, frame.height) - max(box.y0, 0.0)
    return max(0.0, width) * max(0.0, height)


def _address(thing: pdfium.FPDF_PAGEOBJECT) -> int:
    return ctypes.cast(thing, ctypes.c_void_p).value or 0
