"""Pictures of documents, wrapped into a PDF of one page each."""

from __future__ import annotations

from io import BytesIO

ENDINGS = frozenset({".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp"})
_DOTS_PER_INCH = 150.0
_QUALITY = 92
"""Of the JPEG inside: a scan that is compressed again must not lose its small print."""


def as_pdf(picture: bytes) -> bytes:
    """A PDF that shows `picture` and has no text layer; raises ValueError for what is no picture."""
    from PIL import Image, UnidentifiedImageError

    made = BytesIO()
    try:
        with Image.open(BytesIO(picture)) as image:
            image.convert("RGB").save(made, "PDF", resolution=_DOTS_PER_INCH, quality=_QUALITY)
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as fault:
        raise ValueError("not a picture that can be read") from fault
    return made.getvalue()
