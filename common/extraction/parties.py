"""Seller and buyer: whose name, address and tax number stands where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from common.extraction.page import Box, Cell
from common.extraction.paper import Found, Paper
from common.extraction.printed import Index
from common.extraction.verdict import Verdict, missing
from common.extraction.vocabulary import Label, plain

Party = Literal["vendor", "buyer", "ship_to", "other_party"]
_PARTIES = ("vendor", "buyer", "ship_to", "other_party")
_CONTACT = re.compile(
    r"\b(?:phone|tel|telefon|fon|fax|telefax|mobile|e-?mail|www|https?|iban|bic|swift|ust|vat|tax id|gstin|pan|hrb|hra|kvk|siret|btw|abn|bank|geschaftsfuhrer"
    r"|registergericht|amtsgericht|cin|main|billing|cif|nif|p\.? ?iva|partita iva|nip|ein|tva|mwst|uid|momsnr|cvr|company no|reg)\b|@|\.(?:com|de|nl|fr|net|org|co)\b"
)
_POSTCODE = re.compile(
    r"\b(?:[a-z]{1,2}-?)?\d{4,6}\s+[^\W\d]|[^\W\d],?\s+[a-z]{2}\s+\d{5}\b|\b\d{5}(?:-\d{4})?$|\b[a-z]{1,2}\d[a-z\d]?\s?\d[a-z]{2}\b|\b\d{6}\b"
)
_NAME_WORDS = frozenset({"name", "company", "firma", "nom", "nombre", "nome", "naam", "nazwa"})
_SEPARATOR = re.compile(r"[•·●∙|–]|\s-\s|\s\*\s")
_BLOCK_LINES = 9
_TOP = 0.22
_BOTTOM = 0.86


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


def ground_name(paper: Paper, role: Literal["vendor", "buyer"], name: str, rival: str | None) -> Verdict:
    """Where a party's name stands and whether that party stands there; `rival` is the other party's name."""
    seen = sightings(paper, name)
    if not seen:
        return missing(
            f"“{name}” is not printed anywhere on the document; a name within a picture can’t be checked."
        )
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
            f"“{name}” stands under “{place.label}”, where the document names {_role(place.party)}.",
        )
    best = max(free, key=lambda each: (each.sender - each.recipient, -each.found.page, -each.found.start))
    if signs <= 0 and best.recipient > 0:
        return Verdict(
            best.found,
            0.25,
            "wrong_place",
            f"“{name}” stands in the address window, where the document names its recipient.",
        )
    named = [each for each in labelled(paper, "vendor") if plain(each) != plain(name)]
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
                f"“{name}” stands under “{place.label}”, where the document names {_role(place.party)}.",
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


def _role(party: str | None) -> str:
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
    sender, recipient = _looks(paper, page, cell, start, needle)
    return Sighting(Found(page, start, end), party, sender, recipient, label)


def party_at(index: Index, number: int, start: int) -> tuple[str | None, str]:
    """The party that a label names at a cell: in front of it, to its left, or above its block."""
    cell = index.cells[number]
    for label in reversed(index.labels_in(cell.start, start)):
        party = _party(label)
        if party and label.end <= start and _speaks(index, cell, label, start):
            return party, index.text[label.start : label.end]
    for at in range(number - 1, max(-1, number - 4), -1):
        other = index.cells[at]
        if other.line != cell.line:
            break
        for label in index.labels_in(other.start, other.end):
            party = _party(label)
            if party and _only(index, other, label):
                return party, index.text[label.start : label.end]
        text = index.text[other.start : other.end].strip()
        if any(map(str.isalpha, text)):
            if text.endswith(":") or plain(text) in _NAME_WORDS:
                # "Name: | X" within a block: the block's heading speaks.
                return _heading(index, at, other.box)
            break
    return _heading(index, number, cell.box)


def _heading(index: Index, number: int, box: Box) -> tuple[str | None, str]:
    """The party label above a block of lines, within the block's own column."""
    cell = index.cells[number]
    top, lines = box.y0, 0
    last_line = cell.line
    height = max(6.0, box.y1 - box.y0)
    for at in range(number - 1, -1, -1):
        other = index.cells[at]
        if other.line >= cell.line:
            continue
        if abs(other.box.x0 - box.x0) > 3.5 * height and not (
            other.box.x0 <= box.x0 + 2 and other.box.x1 >= box.x0 + 8
        ):
            continue
        if other.box.y1 > top + height * 0.5:
            continue
        if top - other.box.y1 > 2.6 * height:
            return None, ""
        if other.line != last_line:
            lines += 1
            last_line = other.line
        if lines > _BLOCK_LINES:
            return None, ""
        for label in index.labels_in(other.start, other.end):
            party = _party(label)
            if party and _only(index, other, label):
                return party, index.text[label.start : label.end]
            if (
                party
                and label.start - other.start <= 1
                and ":" in index.text[label.end : label.end + 2]
                and lines <= 2
            ):
                return party, index.text[label.start : label.end]
        top = min(top, other.box.y0)
    return None, ""


def _party(label: Label) -> str | None:
    for party in _PARTIES:
        if party in label.meanings:
            return party
    return None


def _speaks(index: Index, cell: Cell, label: Label, start: int) -> bool:
    """Whether a label in front of a name, in its cell, names the party: "Bill to: X", "From X"."""
    between = index.text[label.end : start]
    if len(between.split()) > 2 and ":" not in between:
        return False
    return (
        ":" in between
        or label.start - cell.start <= 1
        or len(index.text[label.start : label.end].split()) > 1
    )


def _only(index: Index, cell: Cell, label: Label) -> bool:
    """Whether a cell is a party's label and nothing else."""
    rest = index.text[cell.start : label.start] + " " + index.text[label.end : cell.end]
    words = [
        word
        for word in re.findall(r"[^\W\d_]{2,}", plain(rest))
        if word not in ("name", "address", "details", "the", "party")
    ]
    known = {
        word
        for other in index.labels_in(cell.start, cell.end)
        if _party(other)
        for word in re.findall(r"[^\W\d_]{2,}", index.plain[other.start : other.end])
    }
    return not [word for word in words if word not in known]


def _looks(paper: Paper, page: int, cell: Cell, start: int, needle: str) -> tuple[float, float]:
    """How much a place looks like the sender's and like the recipient's."""
    index = paper.indexes[page]
    height = paper.pages[page].reach or 1.0
    line = index.page.lines[cell.line]
    row = index.plain[line.start : line.end]
    sender = recipient = 0.0
    own = index.plain[cell.start : cell.end]
    line_of_sender = bool(_SEPARATOR.search(row) and _POSTCODE.search(row))
    if line_of_sender:
        sender += 1.5
    running = page > 0 and _runs(paper, page, cell, needle)
    if running:
        sender += 1.0
    block = list(_block(index, cell))
    below = " \n ".join(index.plain[each.start : each.end] for each in block)
    if _CONTACT.search(below) or _CONTACT.search(own):
        sender += 0.8
    elif not (line_of_sender or running) and any(
        _POSTCODE.search(index.plain[each.start : each.end]) for each in block[:4]
    ):
        recipient += 1.0
    if cell.box.y0 < height * _TOP and page == 0 and cell.line <= 2:
        sender += 0.6
    if cell.box.y0 > height * _BOTTOM:
        sender += 0.7
    if _in_domains(paper, needle):
        sender += 0.8
    if re.search(r"\b(?:copyright|\(c\)|©|powered by|operated by)", row):
        sender += 0.3
    return sender, recipient


def _runs(paper: Paper, page: int, cell: Cell, needle: str) -> bool:
    """Whether a name stands at the same place of the page before: a running head or foot."""
    for other in paper.indexes[page - 1].cells:
        if abs(other.box.y0 - cell.box.y0) < 2 and abs(other.box.x0 - cell.box.x0) < 2:
            text = paper.indexes[page - 1].plain[other.start : other.end]
            return needle in "".join(filter(str.isalnum, text))
    return False


def _block(index: Index, cell: Cell) -> Iterator[Cell]:
    """The cells below a cell that belong to its block."""
    bottom, lines, last = cell.box.y1, 0, cell.line
    height = max(6.0, cell.box.y1 - cell.box.y0)
    for other in index.cells[index.cell_at(cell.start) + 1 :]:
        if other.line == cell.line or abs(other.box.x0 - cell.box.x0) > 1.5 * height:
            continue
        if other.box.y0 - bottom > 1.5 * height or lines >= _BLOCK_LINES:
            return
        if other.line != last:
            lines += 1
            last = other.line
        bottom = max(bottom, other.box.y1)
        yield other


def _in_domains(paper: Paper, needle: str) -> bool:
    """Whether a mail or web address of the document carries the name."""
    cached = paper.__dict__.get("_domains")
    if cached is None:
        cached = set()
        for index in paper.indexes[:5]:
            for match in re.finditer(
                r"(?:@|www\.|https?://(?:www\.)?)([a-z0-9\-.]+)\.[a-z]{2,}", index.plain
            ):
                cached.add(re.sub(r"[^a-z0-9]", "", match[1]))
        paper.__dict__["_domains"] = cached
    for domain in cached:
        if len(domain) >= 4 and (domain in needle or needle[: max(6, len(domain) - 3)] in domain):
            return True
    return False


def labelled(paper: Paper, role: str) -> list[str]:
    """The texts that a label names as a party."""
    key = f"_labelled:{role}"
    cached = paper.__dict__.get(key)
    if cached is None:
        cached = []
        for index in paper.indexes[:3]:
            for label in index.labels:
                if _party(label) != role:
                    continue
                number = index.cell_at(label.start)
                cell = index.cells[number]
                rest = index.text[label.end : cell.end]
                if ":" in rest[:2] and len(rest.strip(" :")) > 3:
                    cached.append(rest.strip(" :"))
                elif _only(index, cell, label):
                    below = next(_block(index, cell), None)
                    beside = index.cells[number + 1] if number + 1 < len(index.cells) else None
                    if beside is not None and beside.line == cell.line and ":" in rest[:2]:
                        cached.append(index.text[beside.start : beside.end])
                    elif below is not None:
                        cached.append(index.text[below.start : below.end])
        cached = [name for name in cached if sum(map(str.isalpha, name)) > max(2, sum(map(str.isdigit, name)))]
        paper.__dict__[key] = cached
    return list(cached)


def _alike(one: str, other: str) -> bool:
    first, second = ("".join(filter(str.isalnum, plain(each))) for each in (one, other))
    return bool(first) and bool(second) and (first in second or second in first)


def ground_tax_id(
    paper: Paper, role: Literal["vendor", "buyer"], value: str, names: dict[str, str | None]
) -> Verdict:
    """Where a party's tax number stands, and whether it is that party's."""
    needle = "".join(filter(str.isalnum, plain(value)))
    verdicts: list[tuple[float, Found, str, str]] = []
    for page, start, end in paper.search(needle):
        text = paper.pages[page].text
        if (
            (text[start - 1 : start].isalnum()
            and not text[start - 1].isalpha())
            or text[end : end + 1].isalnum()
        ):
            continue
        index = paper.indexes[page]
        number = index.cell_at(start)
        spoken = paper.places(page, start, end)
        label = next((place for place in spoken if place.meanings), None)
        foreign = (
            label is not None and not label.meanings & {"tax_id", "tax", "hsn"} and label.strength >= 0.8
        )
        party, _ = owner(paper, page, number, start, names)
        fit = 0.5 + (0.35 if label is not None and label.meanings & {"tax_id", "tax"} else 0.0)
        if foreign and party != role:
            fit = -0.5
        if party is not None:
            fit = 0.9 if party == role else -0.8
        verdicts.append((fit, Found(page, start, end, label), party or "", label.text if label else ""))
    if not verdicts:
        return missing(f"{value} is not printed anywhere on the document.")
    fit, found, party, label_text = max(verdicts, key=lambda each: each[0])
    if fit < 0:
        why = f"belongs to {_role(party)}" if party else f"stands only beside “{label_text}”"
        return Verdict(found, 0.2, "wrong_place", f"{value} {why}.")
    return Verdict(found, min(fit, 0.92), labelled=fit > 0.8)


_YOURS = re.compile(r"\b(?:your|customer|client|buyer|uw|ihre?|votre|su|vostra|kunden|recipient|receiver)\b")
_OURS = re.compile(r"\b(?:our|unsere?|notre|nuestro|nostra|onze|seller|supplier|vendor)\b")


def owner(
    paper: Paper, page: int, number: int, start: int, names: dict[str, str | None]
) -> tuple[str | None, str]:
    """Whose block a number stands in: by a label, by "your" and "our", or by the name above it."""
    index = paper.indexes[page]
    cell = index.cells[number]
    lead = index.plain[cell.start : start]
    if cell.line >= 0 and number:
        beside = index.cells[number - 1]
        if beside.line == cell.line:
            lead = index.plain[beside.start : beside.end] + " " + lead
    if _YOURS.search(lead):
        return "buyer", lead
    if _OURS.search(lead):
        return "vendor", lead
    column = cell if lead.strip() or number == 0 else cell
    first = (
        index.cells[number - 1]
        if number and index.cells[number - 1].line == cell.line and not index.labels_in(cell.start, start)
        else column
    )
    for anchor in (first, cell):
        nearest = _named_above(paper, page, index.cell_at(anchor.start), names)
        party, label = _heading(index, index.cell_at(anchor.start), anchor.box)
        if nearest is not None:
            return nearest, ""
        if party in ("vendor", "buyer"):
            return party, label
    return None, ""


def _named_above(paper: Paper, page: int, number: int, names: dict[str, str | None]) -> str | None:
    """The party whose name is the nearest above in the same block."""
    index = paper.indexes[page]
    cell = index.cells[number]
    needles = {role: "".join(filter(str.isalnum, plain(name))) for role, name in names.items() if name}
    top, lines, last = cell.box.y0, 0, cell.line
    height = max(6.0, cell.box.y1 - cell.box.y0)
    for at in range(number, -1, -1):
        other = index.cells[at]
        if abs(other.box.x0 - cell.box.x0) > 3.5 * height and other.line != cell.line:
            continue
        if top - other.box.y1 > 2.2 * height:
            return None
        if other.line != last:
            lines += 1
            last = other.line
        if lines > _BLOCK_LINES:
            return None
        text = "".join(filter(str.isalnum, index.plain[other.start : other.end]))
        for role, needle in needles.items():
            if len(needle) > 3 and needle in text:
                return role
        top = min(top, other.box.y0)
    return None
