"""The columns of an items table, by the words at their heads."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .layout import Cell, Document, Line, folded
from .numbers import Style, amount
from .page import Word

_TAX = r"(?:vat|tax|gst|mwst\.?|ust\.?|tva|t\.v\.a\.?|iva|i\.v\.a\.?|btw|steuer|igst|cgst|sgst|utgst|cess|sst|hst)"
# In this order: the first that fits names the column.
_KINDS: list[tuple[str, str]] = [
    ("pos", r"pos\.?|position|#|no\.?|nr\.?|s\.? ?no\.?|sl\.? ?no\.?|sr\.? ?no\.?|sr\.?|sl\.?|line(?: no\.?)?|\*?line|ln\.?|lfd\.? ?(?:nr\.?)?|n[°o]\.?|riga|lin\.?|linea|regel|item (?:no\.?|#)|sno|s/n"),
    ("hsn", r"(?:hsn|sac)(?: ?/ ?(?:hsn|sac))?(?: ?(?:code|no\.?))?"),
    ("code", r"sku|(?:unsere |ihre )?art(?:ikel|icle)?\.?[- ]?(?:nr\.?|no\.?|nummer|number|code)(?:[ /-].*)?|(?:item|product|part|stock|material|model|service) ?(?:code|no\.?|number|id|#)|code(?: article)?|ref(?:erence)?\.?|referenz(?:en)?|codice(?: articolo)?|cod\.?|codigo|gtin|ean|isbn|artikelnummer|artikelcode|upc|catalog(?:ue)? (?:no\.?|#)|isci|ad-id|copy/isci"),
    ("tax_amt", rf"{_TAX}[- ]?(?:amount|amt\.?|betrag|bedrag|value)(?: ?\(?.{{0,6}}\)?)?|(?:amount|montant|importo|importe|bedrag) (?:of )?(?:de )?{_TAX}|steuerbetrag|tax amount"),
    ("tax_rate", rf"{_TAX}[- ]?(?:rate|satz|%|\(%\)|code|tarief|\[%\])?(?: ?\(?%\)?)?|% ?{_TAX}|(?:rate of|taux|aliquota|tipo|taux de|tipo de) ?{_TAX}?|steuersatz(?: ?[\[(]?%[\])]?)?|{_TAX}[- .]*(?:satz)? ?[\[(]?%[\])]?|(?:al\.|aliq\.) ?iva|cod\.? iva|rate %|{_TAX} rate(?: ?\(?%\)?)?"),
    ("net", rf"(?:taxable|assessable) (?:value|amount|amt\.?)"),
    ("discount", r"(?:trade )?disc(?:ount)?\.?(?: ?\(?%\)?| amount| amt\.?)?|rabatt(?: ?\(?%\)?| in %)?|remise(?: ?%)?|rem\.? ?%?|sconto(?: ?%)?|sc\.? ?%|dto\.?(?: ?%)?|descuento|dcto\.?|korting(?: ?%)?|zu-?/ ?abschlag|less"),
    ("quantity", r"qty\.?|quantity|quantities|q'ty|menge|anzahl|qte\.?|quantite|quantita|qta\.?|q\.ta\.?|q\.?t\.?a|cantidad|cant\.?|aantal|quantidade|qtd\.?|hours?|hrs\.?|hours? worked|stunden|std\.?|heures|ore|horas|uren|no\. of units|units|nos\.?|pcs\.?|qty ?/ ?(?:hrs?|hours|unit)|(?:quantity|qty|menge|anzahl|aantal) ?(?:shipped|billed|ordered|delivered|einheit|unit|uom|geliefert)?|actual qty|spots|billed qty|days|nights"),
    ("unit", r"units?|uom|u\.o\.m\.?|unit of measure|einheit|me|einh\.?|mengen?\.?-? ?einheit|unite|u\.?m\.?|unidad|ud\.?|eenheid|per|unita(?: di misura)?|vke/geb|measure"),
    ("price", r"(?:unit|item|list|sale|sales|selling|net|each|basic|single|base)? ?(?:price|cost|rate)(?: ?/ ?(?:unit|each|item|hour|hr|uom|kg))?(?: (?:per|each|ea)(?: unit| item| hour)?)?|rate ?(?:/|per) ?(?:unit|item|hr|hour)|price each|(?:einzel|stuck|netto|vk|e|einheits|verkaufs|brutto)[- ]?preis(?:/einheit| netto)?|preis(?: ?/ ?(?:einheit|stk\.?|stuck|me))?|preis pro (?:einheit|stuck)|ep|e\.-preis|prix(?: unitaire| unit\.?| u\.?)?|p\.? ?u\.?|pu|prezzo(?: unitario| unit\.?)?|pr\. ?unit\.?|precio(?: unitario| ud\.?| unidad| unit\.?)?|p\. ?unit\.?|(?:eenheids|stuk|stuks)?prijs(?: per (?:stuk|eenheid))?|tarief|preco(?: unitario)?|unit value|mrp|hourly rate|charge|cost|taxa|tarif|stundensatz|valor unit\w*|einzel|p\.? ?(?:unitario|unitaire|unit\.?)"),
    ("amount", r"(?:line |item |net |gross |total |extended |ext\.? |sub ?)*(?:amount|total|price|value|amt\.?|sum|charges?)|ext(?:ended|ension)?\.?(?: price| amount)?|(?:gesamt|zeilen|positions|netto|brutto|end|warenn?)[- ]?(?:betrag|preis|wert|summe|total)|gesamt(?: netto| brutto)?|betrag|summe|net|netto|nettowert|gp|g-preis|wert|total (?:ht|ttc|h\.t\.|eur|net|line)|montant(?: ht| ttc| h\.t\.)?|prix total|totale?(?: riga)?|entgelt|importo|importe|imp\.|totaal(?:prijs)?|bedrag|subtotaal|subtotal|valor(?: total)?|line total"),
    ("date", r"(?:air |service |delivery |start |end |order |trans(?:action)? )?dates?|datum|data|fecha|day|tag|period|zeitraum|time|air time|leistungsdatum|lieferdatum|length"),
    ("description", r"(?:item |product |service |goods |job |work )?descriptions?(?: of (?:the )?(?:goods?|services?|supply|items?|work|product)(?: ?(?:and|&|/|or) ?(?:goods?|services?))*)?|particulars|items?(?: name| description| details)?|item ?& ?description|products?(?: ?/ ?services?| name| description)?|details|services?|goods|name(?: of (?:product|goods|item)s?(?: ?/ ?services?)?)?|activity|commodity|work|memo|program|title|subject|charges for|"
                    r"bezeichnung|beschreibung|artikel(?:bezeichnung|beschreibung)?|leistung(?:sbeschreibung|en)?|produkt(?:e|name|bezeichnung)?|text|ware|material(?:/beschreibung)?|position/leistung|tatigkeit|designation(?: des (?:produits|articles|prestations))?|libelle|prestations?|produits?|article|intitule|objet|detail|descrizione(?: (?:articolo|merce|beni|dei beni e servizi|prodotto))?|prodott[oi]|articol[oi]|descripcion(?: del (?:producto|articulo))?|concepto|producto|articulo|detalle|servicio|omschrijving|product|artikelomschrijving|dienst|descricao|designacao"),
]  # fmt: skip
KINDS = [(kind, re.compile(pattern)) for kind, pattern in _KINDS]
_NOISE = re.compile(
    r"[(\[](?:eur|usd|inr|gbp|chf|rs\.?|rm|₹|€|\$|£|aud|cad|myr|sgd|euro|in [a-z]{3}|excl?\.?[^)\]]*|incl?\.?[^)\]]*|net|netto|ht|ttc|h\.t\.)[)\]]|\b(?:in )?(?:eur|usd|inr|gbp|chf|rs|myr|aud|cad|sgd)\b\.?|[₹€$£*:]|"
    r"\b(?:ohne|excl\.?|exkl\.?|inkl\.?|incl\.?|zzgl\.?|before|after|without|ex|hors) ?(?:vat|tax|gst|mwst\.?|ust\.?|tva|iva|btw)\b\.?"
)


_TAIL = re.compile(r"[ .]+(?:ht|h\.t\.?|ttc|t\.t\.c\.?|netto|brutto|net|gross|excl\.?|incl\.?)$")


@dataclass
class Column:
    """One column: its kind ("other" when its head says nothing known) and how far its head reaches."""

    kind: str
    x0: float
    x1: float
    text: str = ""


@dataclass
class Head:
    """The heading of a table: its columns from left to right and the lines that it takes."""

    columns: list[Column]
    page: int
    first: int
    last: int
    base: float = 0.0
    size: float = 8.0

    def column(self, kind: str) -> Column | None:
        return next((column for column in self.columns if column.kind == kind), None)

    @property
    def kinds(self) -> set[str]:
        return {column.kind for column in self.columns}


@dataclass
class _Piece:
    x0: float
    x1: float
    texts: list[str] = field(default_factory=list)


def kind_of(text: str) -> str | None:
    """The kind of column that a head's folded text names."""
    plain = " ".join(_NOISE.sub(" ", text).split()).strip(" .-:/|")
    bare = plain or text.strip()
    short = _TAIL.sub("", bare)
    for candidate in (bare, short, bare.replace("- ", "").replace(" -", "-"), bare.replace(" ", "")):
        for kind, pattern in KINDS:
            if pattern.fullmatch(candidate):
                return kind
    return None


def heads(document: Document, style: Style) -> list[Head]:
    """The headings of tables that may hold items, in order."""
    found: list[Head] = []
    for line in document.lines:
        if found and found[-1].page == line.page and line.number <= found[-1].last:
            continue
        if _has_figures(line, style):
            continue
        head = _head(document, line, style)
        if head is not None:
            found.append(head)
    return found


def _has_figures(line: Line, style: Style) -> bool:
    return any(
        (found := amount(word.text, style)) is not None and (found.money or found.decimals or len(word.text) > 2)
        for word in line.words
    )


def _head(document: Document, line: Line, style: Style) -> Head | None:
    """The heading whose main line is `line`, with the lines that its words are wrapped onto."""
    direct = [kind for cell in line.cells for kind, *_ in _split_kinds(cell)]
    known = {kind for kind in direct if kind}
    if len(known) < 2 or not known & {"amount", "price", "quantity", "net", "description"}:
        return None
    best: Head | None = None
    for above in range(3):
        for below in range(3):
            lines = _around(document, line, above, below, style)
            if lines is None:
                continue
            head = _built(lines)
            if _fits(head) and (best is None or _worth(head) > _worth(best)):
                best = head
    return best


def _worth(head: Head) -> float:
    known = [column for column in head.columns if column.kind != "other"]
    return len({column.kind for column in known}) - 0.3 * (len(head.columns) - len(known)) - 0.05 * (head.last - head.first)


def _fits(head: Head) -> bool:
    kinds = head.kinds
    money = kinds & {"amount", "price", "net"}
    return bool(money) and len(kinds - {"other"}) >= 3 and bool(kinds & {"description", "quantity", "code"}) or (
        {"description", "amount"} <= kinds and len(head.columns) <= 3
    )


def _around(document: Document, line: Line, above: int, below: int, style: Style) -> list[Line] | None:
    """`line` with so many lines before and after it, if they may be parts of one heading."""
    lines = document.lines[line.number - above : line.number + below + 1] if line.number >= above else []
    if len(lines) != above + below + 1 or any(other.page != line.page for other in lines):
        return None
    for first, second in zip(lines, lines[1:], strict=False):
        if second.base - first.base > 1.75 * max(line.size, 6.0):
            return None
    for other in lines:
        if other is not line and (_has_figures(other, style) or any(len(cell.words) > 4 for cell in other.cells)):
            return None
        if other is not line and any(":" in cell.text for cell in other.cells):
            return None
    return lines


def _built(lines: list[Line]) -> Head:
    pieces: list[_Piece] = []
    main = max(lines, key=lambda one: len(one.cells))
    for line in [main, *(other for other in lines if other is not main)]:
        for cell in line.cells:
            for kind, x0, x1, text in _split_kinds(cell) if line is main else [(None, cell.x0, cell.x1, cell.fold)]:
                home = next((piece for piece in pieces if min(piece.x1, x1) - max(piece.x0, x0) > 0 and line is not main), None)
                if home is None:
                    pieces.append(_Piece(x0, x1, [text]))
                else:
                    position = 0 if line.number < main.number else len(home.texts)
                    home.texts.insert(position, text)
                    home.x0, home.x1 = min(home.x0, x0), max(home.x1, x1)
    pieces.sort(key=lambda piece: piece.x0)
    columns = []
    for piece in pieces:
        text = " ".join(piece.texts)
        kind = kind_of(text) or next((kind for one in piece.texts if (kind := kind_of(one))), None)
        columns.append(Column(kind or "other", piece.x0, piece.x1, text))
    _settle(columns)
    return Head(columns, lines[0].page, lines[0].number, lines[-1].number, lines[-1].base, lines[0].size)


def _split_kinds(cell: Cell) -> list[tuple[str | None, float, float, str]]:
    """A cell of a heading as its columns: close heads share a cell ("Qty Unit Price Amount")."""
    whole = kind_of(cell.fold)
    words = cell.words
    if len(words) == 1 or (whole is not None and not _apart(words)):
        return [(whole, cell.x0, cell.x1, cell.fold)]
    parts: list[tuple[str | None, float, float, str]] = []
    start = 0
    while start < len(words):
        for end in range(min(len(words), start + 7), start, -1):
            text = folded(" ".join(word.text for word in words[start:end]))
            kind = kind_of(text)
            if kind is not None:
                parts.append((kind, words[start].x0, words[end - 1].x1, text))
                start = end
                break
        else:
            return _halves(cell)
    return parts


def _halves(cell: Cell) -> list[tuple[str | None, float, float, str]]:
    """A cell of unknown words, cut at its widest gap where that gives the head of a column."""
    words = cell.words
    best: tuple[float, int] | None = None
    for cut in range(1, len(words)):
        pair = [folded(" ".join(word.text for word in part)) for part in (words[:cut], words[cut:])]
        known = sum(kind_of(text) is not None for text in pair)
        gap = words[cut].x0 - words[cut - 1].x1
        if known and gap > 0.5 * cell.size and (best is None or known + gap / 100 > best[0]):
            best = (known + gap / 100, cut)
    if best is None:
        return [(None, cell.x0, cell.x1, cell.fold)]
    parts = (words[: best[1]], words[best[1] :])
    texts = [folded(" ".join(word.text for word in part)) for part in parts]
    return [
        (kind_of(text), part[0].x0, part[-1].x1, text) for part, text in zip(parts, texts, strict=True)
    ]


def _apart(words: list[Word]) -> bool:
    """Whether words stand further apart than in a phrase, each the head of a column itself."""
    wide = any(b.x0 - a.x1 > 0.55 * max(a.size, 4.0) for a, b in zip(words, words[1:], strict=False))
    return wide and all(kind_of(folded(word.text)) for word in words)


def _settle(columns: list[Column]) -> None:
    """Heads that may mean two things, by what stands beside them."""
    kinds = [column.kind for column in columns]
    amounts = [index for index, kind in enumerate(kinds) if kind == "amount"]
    described = kinds.index("description") if "description" in kinds else len(kinds)
    if len(amounts) > 1 and "quantity" not in kinds and amounts[0] < described < len(kinds):
        columns[amounts[0]].kind = "quantity"
        amounts = amounts[1:]
    if len(amounts) > 1:
        # Several sums a line: the net one counts, else the last; a price before them is one.
        for index in amounts[:-1]:
            columns[index].kind = "price" if "price" not in kinds and "price" in columns[index].text else "net"
    if not amounts and "net" in kinds:
        columns[len(kinds) - 1 - kinds[::-1].index("net")].kind = "amount"
    elif not amounts and kinds.count("price") > 1:
        columns[len(kinds) - 1 - kinds[::-1].index("price")].kind = "amount"
    elif not amounts and kinds and kinds[-1] == "price" and "quantity" not in kinds:
        columns[-1].kind = "amount"
    described_by = [column for column in columns if column.kind == "description"]
    if len(described_by) > 1:
        # "Article | Description": the plainer word is the description, the other a code.
        named = [column for column in described_by if re.search(r"desc|bezeichn|beschreib|design|omschr|concept|particul|libell", column.text)]
        for column in described_by:
            if column is not (named or described_by)[0]:
                column.kind = "code"
    if "description" not in kinds and "code" in kinds:
        names = [column for column in columns if column.kind == "code"]
        if len(names) > 1 or not any(column.kind == "other" for column in columns):
            names[-1].kind = "description"
    if "quantity" not in kinds and kinds.count("unit") == 1 and "price" in kinds:
        column = columns[kinds.index("unit")]
        if column.text.startswith("unit"):
            column.kind = "quantity"
