"""Seller and buyer: whose name, address and tax number stands where."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from common.extraction.paper import Found, Paper
from common.extraction.party_labels import labelled, party_at
from common.extraction.senders import looks, sender_names
from common.extraction.verdict import Verdict, missing
from common.extraction.vocabulary import plain

Role = Literal["vendor", "buyer"]
_NOTE = re.compile(
    r"[(\[*\u2020].*|.*:"
    r"|.*\b(?:please|bitte|this is|do not|not to be|thank you|vielen dank|merci de|ignore)\b.*"
)
"""A text in brackets, a footnote, a sentence to the reader, or a label: none of them names a party."""


class Sighting(NamedTuple):
    """A place where a name stands, and what that place says of its bearer."""

    found: Found
    party: str | None
    """By a label: vendor, buyer, ship_to or other_party."""
    sender: float
    """How much the place looks like the sender's: letterhead, sender line, footer, contact details."""
    recipient: float
    """How much the place looks like an address window."""
    label: str


def sightings(paper: Paper, name: str) -> list[Sighting]:
    """Every place where a name stands, surest label first."""
    needle = "".join(filter(str.isalnum, plain(name)))
    found: list[Sighting] = []
    if len(needle) < 2:
        return found
    seen: set[tuple[int, int]] = set()
    for page, start, end in paper.search(needle):
        text = paper.pages[page].text
        if text[start - 1 : start].isalnum() or text[end : end + 1].isalnum() or (page, start) in seen:
            continue
        seen.add((page, start))
        found.append(_sighting(paper, page, start, end, needle))
    return found


def ground_name(paper: Paper, role: Role, name: str, rival: str | None) -> Verdict:
    """Where a party's name stands and whether that party stands there; `rival` is the other party's name."""
    seen = sightings(paper, name)
    if not seen:
        return missing(
            f"“{name}” is not printed anywhere on the document; a name within a picture can’t be checked."
        )
    if _NOTE.fullmatch(plain(name).strip()):
        return Verdict(seen[0].found, 0.2, "wrong_place", f"“{name}” is a remark or a request, and no name.")
    other = "buyer" if role == "vendor" else "vendor"
    own = [each for each in seen if each.party == role]
    foreign = [each for each in seen if each.party is not None and each.party != role]
    free = [each for each in seen if each.party is None]
    if own and not (
        role == "vendor" and any(each.party == "buyer" for each in foreign) and not _sender(free)
    ):
        best = min(own, key=lambda each: (each.found.page, each.found.start))
        return Verdict(best.found, 0.92, labelled=True)
    if own and role == "vendor":
        return Verdict(own[0].found, 0.6)
    against = [each for each in foreign if each.party == other] or foreign
    if role == "vendor":
        return _vendor(paper, name, free, against)
    return _buyer(name, free, against, rival)


def _vendor(paper: Paper, name: str, free: list[Sighting], against: list[Sighting]) -> Verdict:
    signs = _sender(free)
    if against and signs < 1.5:
        place = against[0]
        return Verdict(
            place.found,
            0.2,
            "wrong_place",
            f"“{name}” stands under “{place.label}”, where the document names {role_of(place.party)}.",
        )
    best = max(free, key=lambda each: (each.sender - each.recipient, -each.found.page, -each.found.start))
    if signs <= 0 and best.recipient > 0:
        return Verdict(
            best.found,
            0.25,
            "wrong_place",
            f"“{name}” stands in the address window, where the document names its recipient.",
        )
    named = [
        each for each in (*labelled(paper, "vendor"), *sender_names(paper)) if plain(each) != plain(name)
    ]
    if named and signs < 1 and not any(_alike(each, name) for each in named):
        return Verdict(
            best.found,
            0.3,
            "wrong_place",
            f"Nothing beside “{name}” calls it the seller; the document names “{named[0]}” there.",
        )
    return Verdict(best.found, min(0.85, 0.5 + 0.2 * signs))


def _buyer(name: str, free: list[Sighting], against: list[Sighting], rival: str | None) -> Verdict:
    if against and not any(each.recipient > 0 for each in free):
        place = against[0]
        if place.party == "vendor" or not free:
            return Verdict(
                place.found,
                0.2,
                "wrong_place",
                f"“{name}” stands under “{place.label}”, where the document names {role_of(place.party)}.",
            )
    if not free:
        return Verdict(
            against[0].found, 0.3, "wrong_place", f"“{name}” stands only under “{against[0].label}”."
        )
    best = max(free, key=lambda each: (each.recipient - each.sender, -each.found.page, -each.found.start))
    if _sender(free) >= 1 and (
        best.recipient <= 0 or _sender(free) > 1.5 * sum(each.recipient for each in free)
    ):
        return Verdict(
            best.found,
            0.25,
            "wrong_place",
            f"“{name}” stands where the document names its sender, not where it names who is invoiced.",
        )
    return Verdict(best.found, 0.7 if best.recipient > 0 else 0.55)


def _sender(free: list[Sighting]) -> float:
    """How much the unlabelled places of a name look like the sender's, together."""
    total = sum(max(0.0, each.sender) for each in free)
    return total + (0.3 if len(free) > 1 else 0.0)


def role_of(party: str | None) -> str:
    return {
        "vendor": "the seller",
        "buyer": "who is invoiced",
        "ship_to": "who receives the goods",
        "other_party": "another party",
    }.get(party or "", "another party")


def _sighting(paper: Paper, page: int, start: int, end: int, needle: str) -> Sighting:
    index = paper.indexes[page]
    number = index.cell_at(start)
    cell = index.cells[number]
    party, label = party_at(index, number, start)
    sender, recipient = looks(paper, page, cell, start, needle)
    return Sighting(Found(page, start, end), party, sender, recipient, label)


def is_named(paper: Paper, role: str, name: str) -> bool:
    """Whether a party can bear a name: the document's label of the party names it, or there is none."""
    named = labelled(paper, role)
    return not named or any(_alike(each, name) for each in named)


def _alike(one: str, other: str) -> bool:
    first, second = ("".join(filter(str.isalnum, plain(each))) for each in (one, other))
    return bool(first) and bool(second) and (first in second or second in first)
