"""Which countries a document's own words point to: they decide what "$" and "05/03/2024" mean."""

from __future__ import annotations

import re
from collections.abc import Iterable

_US_STATES = (
    "AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|OR|PA|RI|SC|SD|TN|TX|UT|VT"
    "|VA|WA|WV|WI|WY|DC"
)
_MARKS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (country, re.compile(pattern))
    for country, pattern in (
        (
            "US",
            rf"\b(?:{_US_STATES}),?\s+\d{{5}}(?:-\d{{4}})?\b|\b(?:U\.?S\.?A\.?|United States)\b|\bUS dollars?\b",
        ),
        (
            "CA",
            r"\b(?:ON|QC|BC|AB|MB|SK|NS|NB|NL|PE)\.?,?\s+[A-Z]\d[A-Z]\s?\d[A-Z]\d\b|\bCanada\b|\bGST/HST\b",
        ),
        (
            "AU",
            r"\b(?:NSW|VIC|QLD|TAS|ACT)\s+\d{4}\b|\bAustralia\b|\bA\.?B\.?N\.?:?\s*\d{2}\s?\d{3}\s?\d{3}\s?\d{3}\b",
        ),
        ("NZ", r"\bNew Zealand\b|\bNZBN\b"),
        ("SG", r"\bSingapore\s+\d{6}\b|\bSingapore\b|\bGST Reg\.? No\.?:?\s*[M2]\w?-?\d"),
        ("HK", r"\bHong Kong\b"),
        ("IN", r"\b\d{2}[A-Z]{5}\d{4}[A-Z][0-9A-Z]Z[0-9A-Z]\b|\bGSTIN\b|\bIndia\b|\b[CSI]GST\b|₹"),
        (
            "GB",
            r"\bUnited Kingdom\b|\b(?:England|Scotland|Wales)\b|\bGB\s?\d{3}\s?\d{4}\s?\d{2}\b|\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b",
        ),
        ("IE", r"\bIreland\b|\bIE\d[0-9A-Z]\d{5}[A-Z]{1,2}\b"),
        ("DE", r"\bDE\s?\d{9}\b|\bDeutschland\b|\bGermany\b|\bGmbH\b|\bUSt\b|\bMwSt\b"),
        ("AT", r"\bATU\d{8}\b|\bÖsterreich\b|\bAustria\b"),
        ("CH", r"\bCHE-?\d{3}\.?\d{3}\.?\d{3}\b|\bSchweiz\b|\bSwitzerland\b|\bSuisse\b"),
        ("FR", r"\bFR\s?[0-9A-Z]{2}\s?\d{9}\b|\bFrance\b|\bTVA\b|\bSIRET\b"),
        ("NL", r"\bNL\d{9}B\d{2}\b|\bNederland\b|\bNetherlands\b|\bBTW\b"),
        ("BE", r"\bBE\s?0?\d{9}\b|\bBelgi[ëeu]\w*\b"),
        ("ES", r"\bESP?[A-Z]\d{8}\b|\bEspaña\b|\bSpain\b|\bNIF\b|\bCIF\b"),
        ("IT", r"\bIT\s?\d{11}\b|\bItalia\b|\bItaly\b|\bP\.?\s?IVA\b|\bPartita IVA\b"),
        ("PL", r"\bNIP\b|\bPolska\b|\bPoland\b"),
        ("SE", r"\bSE\d{12}\b|\bSverige\b|\bSweden\b"),
        ("NO", r"\bNO\s?\d{3}\s?\d{3}\s?\d{3}\s?MVA\b|\bNorge\b|\bNorway\b"),
        ("DK", r"\bDK\s?\d{8}\b|\bDanmark\b|\bDenmark\b|\bCVR\b"),
        ("MX", r"\bM[ée]xico\b|\bRFC:?\s"),
        ("MY", r"\bMalaysia\b|\bS(?:DN|dn)\.?\s?B(?:HD|hd)\b"),
        ("JP", r"\bJapan\b|日本|円"),
        ("CN", r"\bChina\b|中国|人民币"),
        ("AE", r"\bUAE\b|\bUnited Arab Emirates\b|\bDubai\b"),
        ("BR", r"\bBrasil\b|\bCNPJ\b"),
        ("PK", r"\bPakistan\b"),
        ("LK", r"\bSri Lanka\b"),
        ("NP", r"\bNepal\b"),
        ("EG", r"\bEgypt\b"),
        ("PH", r"\bPhilippines\b"),
        ("TW", r"\bTaiwan\b"),
    )
)


def countries_in(texts: Iterable[str]) -> frozenset[str]:
    """ISO codes of the countries that the texts point to."""
    text = "\n".join(texts)
    return frozenset(country for country, mark in _MARKS if mark.search(text))
