"""The currency: by code, sign or words on the document; a shared sign by the seller's country."""

from __future__ import annotations

import re
from collections.abc import Iterator

from common.domain.currencies import CODES, SIGNS, WORDS
from common.extraction.paper import Found, Paper
from common.extraction.verdict import Verdict, missing

_COUNTRY = {
    "US": "USD", "CA": "CAD", "AU": "AUD", "NZ": "NZD", "SG": "SGD", "HK": "HKD", "MX": "MXN", "TW": "TWD",
    "JP": "JPY", "CN": "CNY", "IN": "INR", "PK": "PKR", "LK": "LKR", "NP": "NPR", "SE": "SEK", "NO": "NOK",
    "DK": "DKK", "GB": "GBP", "EG": "EGP", "CH": "CHF", "MY": "MYR",
}  # fmt: skip
_EURO = "AT BE CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK".split()
_HOME = {
    **_COUNTRY,
    **dict.fromkeys(_EURO, "EUR"),
    "PL": "PLN",
    "AE": "AED",
    "BR": "BRL",
    "PH": "PHP",
}
"""What an amount without any sign is in, by the seller's country."""
_COMMON = frozenset({"EUR", "USD", "INR", "GBP", "CHF"})
_ISO = re.compile(r"(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])")
_SIGN = re.compile(
    "|".join(
        re.escape(sign)
        for sign in sorted(
            (s for s in SIGNS if not s.isalpha() and not s[0].isalpha()), key=len, reverse=True
        )
    )
)
_LETTER_SIGN = re.compile(
    r"(?<![^\W\d_])(?:"
    + "|".join(
        re.escape(sign) for sign in sorted((s for s in SIGNS if s[0].isalpha()), key=len, reverse=True)
    )
    + r")(?=[\s\d.:)]|$)"
)
_WORD = re.compile(r"\b(?:" + "|".join(sorted(WORDS, key=len, reverse=True)) + r")\b", re.I)


def ground(paper: Paper, code: str, country: str | None) -> Verdict:
    """Whether the document shows this currency; `country` is the seller's, where the document shows it."""
    if code not in CODES:
        return Verdict(None, 0.1, "bad_format", f"{code} is no currency code.")
    codes, shared = _shown(paper)
    named = [found for found, shown in codes if shown == code]
    others = sorted({shown for _, shown in codes if shown != code})
    possible = [(found, options) for found, options in shared if code in options]
    sure = [found for found, options in possible if len(options) == 1]
    if named or sure:
        best = (sure or named)[0] if not named else named[0]
        rest = {shown for _, shown in codes if shown != code} | {
            options[0] for _, options in shared if len(options) == 1 and options[0] != code
        }
        if rest and not _main(paper, code, codes, shared):
            return Verdict(
                best,
                0.3,
                "wrong_place",
                f"The document’s amounts are in {_main_code(paper, codes, shared)}; {code} stands elsewhere.",
            )
        return Verdict(best, 0.9, labelled=True)
    if others and not possible:
        return Verdict(
            codes[0][0], 0.15, "not_found", f"The document shows {' and '.join(others)}, not {code}."
        )
    if possible:
        found, options = possible[0]
        country = _decided(paper, country, options)
        if country is not None:
            meant = _COUNTRY[country]
            if meant == code:
                return Verdict(found, 0.8)
            return Verdict(
                found,
                0.2,
                "wrong_place",
                f"{paper.text(found)} of a seller in {country} is {meant}, not {code}.",
            )
        return Verdict(
            found,
            0.35,
            "ambiguous_currency",
            f"{paper.text(found)} can be {', '.join(options[:4])}, and nothing on the document decides.",
        )
    if shared:
        found, options = shared[0]
        return Verdict(
            found, 0.15, "not_found", f"The document shows {paper.text(found)}, which is not {code}."
        )
    if country is not None and _HOME.get(country) == code:
        return Verdict(None, 0.6)
    return missing(f"Neither {code} nor a sign for it is printed on the document.")


def _decided(paper: Paper, country: str | None, options: tuple[str, ...]) -> str | None:
    """The country whose money a shared sign is: the seller's, the only one shown that has it, or America."""
    if country is not None and _COUNTRY.get(country) in options:
        return country
    shown = [each for each in paper.countries if _COUNTRY.get(each) in options]
    if shown:
        return shown[0] if len(shown) == 1 else None
    return "US" if "USD" in options and _american(paper) else None


def _american(paper: Paper) -> bool:
    """Whether a document without a country is made as in the United States: their paper, the month first."""
    return paper.american and any(
        paper.pages[page].text[item.start].isalpha() and item.order is None for page, item in paper.dates
    )


def _shown(paper: Paper) -> tuple[list[tuple[Found, str]], list[tuple[Found, tuple[str, ...]]]]:
    """Currency codes and unmistakable words, and signs with what they can mean, in reading order."""
    codes: list[tuple[Found, str]] = []
    signs: list[tuple[Found, tuple[str, ...]]] = []
    for page, text in enumerate(each.text for each in paper.pages[:60]):
        for match in _ISO.finditer(text):
            if match[0] in CODES and _about_money(text, match.start(), match.end()):
                codes.append((Found(page, match.start(), match.end()), match[0]))
        for start, end, options in _signs(text):
            signs.append((Found(page, start, end), options))
        for match in _WORD.finditer(text):
            options = WORDS[match[0].lower()]
            if len(options) == 1:
                codes.append((Found(page, match.start(), match.end()), options[0]))
            else:
                signs.append((Found(page, match.start(), match.end()), options))
    return codes, signs


def _signs(text: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    for match in _SIGN.finditer(text):
        if _stands_alone(text, match.start(), match.end()):
            yield match.start(), match.end(), SIGNS[match[0]]
    for match in _LETTER_SIGN.finditer(text):
        bracketed = (
            text[match.start() - 1 : match.start()] == "(" and text[match.end() : match.end() + 1] == ")"
        )
        if (
            bracketed
            or re.match(r"\s?[-(]?\s?[\d.]", text[match.end() : match.end() + 4])
            or re.search(r"\d\s?$", text[max(0, match.start() - 3) : match.start()])
        ):
            yield match.start(), match.end(), SIGNS[match[0]]


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a sign stands at a figure or by itself; within letters it is something misread."""
    before, after = text[max(0, start - 2) : start], text[end : end + 5]
    if re.match(r"\s?[-(]?\s?[.,]?\d", after) or re.search(r"\d\s?$", before):
        return True
    return not before[-1:].isalpha() and not after[:1].isalpha()


def _about_money(text: str, start: int, end: int) -> bool:
    """Whether a code stands at an amount, or where a currency is named; "ALL" and "TOP" are words too."""
    if text[start:end] in _COMMON:
        return True
    if re.match(r"\s{0,2}[-(]?\s?\d[\d.,]*[.,]\d{2}(?!\d)", text[end : end + 20]):
        return True
    if re.search(r"\d[.,]\d{2}-?\s{0,2}$", text[max(0, start - 8) : start]):
        return True
    line = text[text.rfind("\n", 0, start) + 1 : start].lower()
    return bool(
        re.search(
            r"(?:currency|w[äa]hrung|devise|moneda|valuta|divisa|waluta|m[ée]na|amount|betrag|total|summe|gesamt|price|preis|in|montant|importe|importo|bedrag|bruttosumme|steuerbetrag)\W*$",
            line[-40:],
        )
    )


def _main(
    paper: Paper, code: str, codes: list[tuple[Found, str]], shared: list[tuple[Found, tuple[str, ...]]]
) -> bool:
    return _main_code(paper, codes, shared) == code


def _main_code(
    paper: Paper, codes: list[tuple[Found, str]], shared: list[tuple[Found, tuple[str, ...]]]
) -> str:
    """The currency that most amounts are in: what stands at sums of the document counts most."""
    weights: dict[str, float] = {}
    totals = [
        (found, number)
        for found, number in paper.sums
        if found.place and found.place.meanings & {"total", "due", "taxable", "tax", "subtotal"}
    ]
    for found, options in [(each, (code,)) for each, code in codes] + shared:
        if len(options) != 1:
            continue
        weight = 1.0
        text = paper.pages[found.page].text
        line = text.count("\n", 0, found.start)
        for total, _ in totals:
            if total.page == found.page and text.count("\n", 0, total.start) == line:
                weight = 5.0
                break
        if re.search(
            r"(?:currency|w[äa]hrung|devise|valuta)\W*$", text[max(0, found.start - 24) : found.start].lower()
        ):
            weight = 20.0
        weights[options[0]] = weights.get(options[0], 0.0) + weight
    return max(weights, key=lambda each: weights[each]) if weights else ""
