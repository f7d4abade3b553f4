"""The currency of an invoice, as an ISO 4217 code."""

from __future__ import annotations

import re
from collections import Counter

from emulators.gemini.reader.layout import Document, folded

CODES = frozenset(
    "EUR USD GBP INR CHF CAD AUD NZD SGD HKD MYR JPY CNY SEK NOK DKK PLN CZK HUF RON BRL MXN ZAR AED SAR THB "
    "DEM TRY IDR PHP KRW ILS BGN VND TWD KES NGN EGP QAR KWD BHD OMR LKR PKR BDT ARS CLP COP PEN ISK FRF ATS "
    "ITL".split()
)
_SYMBOLS = dict(
    pair.split("=")
    for pair in (
        "€=EUR £=GBP ₹=INR ¥=JPY ₺=TRY ₩=KRW ₪=ILS ฿=THB ₫=VND ₱=PHP ₦=NGN ₽=RUB zł=PLN Kč=CZK Ft=HUF R$=BRL "
        "US$=USD A$=AUD AU$=AUD C$=CAD CA$=CAD S$=SGD HK$=HKD NZ$=NZD RM=MYR Rs=INR Rs.=INR Fr.=CHF SFr.=CHF "
        "DM=DEM Euro=EUR Euros=EUR EURO=EUR EUROS=EUR"
    ).split()
)
_WORDS = {
    "rupee": "INR", "us dollar": "USD", "u.s. dollar": "USD", "euro": "EUR", "pound sterling": "GBP",
    "pounds sterling": "GBP", "ringgit": "MYR", "swiss franc": "CHF", "schweizer franken": "CHF",
    "deutsche mark": "DEM", "canadian dollar": "CAD", "australian dollar": "AUD", "singapore dollar": "SGD",
    "dirham": "AED", "yen": "JPY",
}  # fmt: skip
_NAME = r"US\$|AU?\$|CA?\$|S\$|HK\$|NZ\$|R\$|zł|Kč|Ft|RM|Rs\.?|SFr\.|Fr\.|DM|EUROS?|Euros?|[A-Z]{3}"
_SIGN = "[€£₹¥₺₩₪฿₫₱₦₽]"
_TOKEN = re.compile(rf"(?<![A-Za-z])(?:{_NAME})(?![A-Za-z])|{_SIGN}")
_BEFORE_FIGURE = re.compile(rf"((?<![A-Za-z])(?:{_NAME})|RM|{_SIGN})[ .:]?-?\d*[.,]?\d")
_BEHIND_FIGURE = re.compile(rf"\d[ \u00a0]?((?:{_NAME})(?![A-Za-z])|{_SIGN})")
# In a heading: "Amount (EUR)", "Total in EUR", "Price €".
_ASIDE = re.compile(rf"(?:[(\[] ?|\bin |\w )((?:{_NAME})(?![A-Za-z])|{_SIGN})(?: ?[)\]]|$|  )")
_LABEL = re.compile(
    r"(?:currency|wahrung|devise|valuta|moneda|divisa|monnaie|betrage in|amounts? in|montants? en|importi in)"
)
# A state of the USA and its postal code.
_DOLLAR_STATES = re.compile(
    r"\b(?:A[LKZR]|C[AOT]|DE|DC|FL|GA|HI|I[DLNA]|K[SY]|LA|M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|PA|RI|S[CD]|T[NX]|"
    r"UT|V[TA]|W[AVIY])\.?,? +\d{5}(?:-\d{4})?\b"
)
_DOLLAR_PLACES = (
    (
        re.compile(r"\b(?:canada|ontario|quebec|british columbia|alberta)\b|\b[a-z]\d[a-z] ?\d[a-z]\d\b"),
        "CAD",
    ),
    (re.compile(r"\baustralia\b|\babn\b|\b(?:nsw|vic|qld) \d{4}\b"), "AUD"),
    (re.compile(r"\bsingapore\b|\buen\b"), "SGD"),
    (re.compile(r"\bnew zealand\b"), "NZD"),
    (re.compile(r"\bhong kong\b"), "HKD"),
    (re.compile(r"\bunited states\b|\busa\b|\bu\.s\.a\.?|\bein\b"), "USD"),
)


def of(document: Document) -> str | None:
    """The code; a bare "$" by the country that the pages name, None where nothing decides."""
    for line in document.lines:
        if (label := _LABEL.search(line.fold)) and (code := _first(line.text[label.start() :])):
            return code
    votes: Counter[str] = Counter()
    dollars = 0
    for line in document.lines:
        for match in (
            *_BEFORE_FIGURE.finditer(line.text),
            *_BEHIND_FIGURE.finditer(line.text),
            *_ASIDE.finditer(line.text),
        ):
            code = _code(match.group(1))
            if code and not (code == "BHD" and "SDN" in line.text.upper()):
                votes[code] += 1
        dollars += len(re.findall(r"(?<![A-Za-z])\$ ?-?\d|\d ?\$", line.text))
    if dollars and dollars >= max(votes.values(), default=0):
        named = [code for code in votes if code.endswith("D") and code != "AED"]
        return named[0] if named else _dollar(document)
    if votes:
        return votes.most_common(1)[0][0]
    signs = {code for sign in re.findall(_SIGN, document.text) if (code := _code(sign))}
    if len(signs) == 1:
        return signs.pop()
    alone = {code for cell in document.cells if len(cell.words) <= 2 and (code := _first(cell.text))}
    if len(alone) == 1:
        return alone.pop()
    plain = folded(document.text)
    found = [code for words, code in _WORDS.items() if re.search(rf"\b{words}s?\b", plain)]
    return found[0] if len(set(found)) == 1 else None


def _first(text: str) -> str | None:
    return next((code for match in _TOKEN.finditer(text) if (code := _code(match.group()))), None)


def _code(token: str) -> str | None:
    return token if token in CODES else _SYMBOLS.get(token)


def _dollar(document: Document) -> str | None:
    if _DOLLAR_STATES.search(document.text):
        return "USD"
    plain = folded(document.text)
    found = [code for pattern, code in _DOLLAR_PLACES if pattern.search(plain)]
    return found[0] if found else None
