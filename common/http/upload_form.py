"""The form of /upload/, checked in the order in which the documentation and the contract list its errors."""

from __future__ import annotations

from decimal import Decimal

from flask import Request

from common.domain.amounts import plain_amount
from common.domain.calendar import iso_date
from common.domain.file_names import is_pdf_name, safe_name
from common.domain.invoice import Details
from common.domain.user_ids import is_user_id
from common.errors import Rejected
from common.http import files
from common.http.body import Body
from common.large_uploads import CONTENT_TYPE, Announced
from common.uploads import SentFile, Upload, check_pdf

LONGEST_TEXT = 30
LONGEST_REMARKS = 100_000
"""Characters: a record has room for 1 MiB in all."""

MOST_DIGITS = 40


def user_id_of(form: Body) -> str:
    """The uploader's id: user_id, or else auth_id."""
    name = "auth_id" if form.is_missing("user_id") and not form.is_missing("auth_id") else "user_id"
    form.demand(name)
    return form.user_id(name)


def upload_of(request: Request, form: Body) -> Upload:
    """The upload that was sent; raises Rejected for the first thing that is wrong with it."""
    user_id = user_id_of(form)
    file = check_pdf(files.sent(request, "file"))
    if not is_user_id(user_id):
        raise Rejected("user_id is not valid")
    return Upload(user_id, file, _details(form), (_supporting(request, 1), _supporting(request, 2)))


def announced(form: Body) -> Announced:
    """A file that will be sent straight to the bucket; Rejected for the first thing that is wrong."""
    user_id = user_id_of(form)
    form.demand("file_name", "size")
    if not is_pdf_name(safe_name(form.given("file_name"))):
        raise Rejected("Only PDF files are allowed")
    size = form.integer("size")
    content_type = form.text("content_type") or CONTENT_TYPE
    if size < 1:
        raise Rejected("No file uploaded")
    if content_type.strip().lower() != CONTENT_TYPE:
        raise Rejected("Only PDF files are allowed")
    if not is_user_id(user_id):
        raise Rejected("user_id is not valid")
    return Announced(user_id, form.given("file_name"), size, _details(form))


def _details(form: Body) -> Details:
    return Details(
        vendor_name=_limited(form, "vendor_name", LONGEST_TEXT),
        vendor_tax_id=_limited(form, "vendor_tax_id", LONGEST_TEXT),
        invoice_no=_limited(form, "invoice_no", LONGEST_TEXT),
        invoice_date=_date(form),
        amt=_amount(form),
        remarks=_limited(form, "remarks", LONGEST_REMARKS),
    )


def _limited(form: Body, name: str, most: int) -> str | None:
    text = form.text(name)
    if text is None:
        return None
    text = text.strip()
    if len(text) > most:
        raise Rejected(f"{name} must be at most {most} characters")
    return text


def _date(form: Body) -> str | None:
    text = form.text("invoice_date")
    if text is None:
        return None
    date = iso_date(text, day_first_too=True)
    if date is None:
        raise Rejected("invoice_date must be YYYY-MM-DD or DD-MM-YYYY")
    return date


def _amount(form: Body) -> Decimal | None:
    text = _number(form.values.get("amt")) or form.text("amt")
    if text is None:
        return None
    amount = plain_amount(text)
    if amount is None:
        raise Rejected("amt must be a number")
    return amount


def _number(value: object) -> str | None:
    """A JSON number as a plain decimal; None for what is no number. A short one may have a million digits."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    number = Decimal(value)
    exponent = number.as_tuple().exponent
    is_short = isinstance(exponent, int) and exponent > -MOST_DIGITS and number.adjusted() < MOST_DIGITS
    return f"{number:f}" if is_short else "too long"


def _supporting(request: Request, place: int) -> SentFile | None:
    file = files.sent(request, f"supporting_doc_{place}")
    return None if file is None or not file.name else file
