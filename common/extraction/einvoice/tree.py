"""An XML document read safely and walked by local names, whatever namespace a version gave them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from xml.etree.ElementTree import Element, ParseError

_MAX_DIGITS = 18


class Node:
    """An element and its way to what lies below it."""

    def __init__(self, element: Element) -> None:
        self.element = element

    @property
    def name(self) -> str:
        """Name without its namespace."""
        return self.element.tag.rpartition("}")[2]

    def children(self, name: str) -> Iterator[Node]:
        """Direct children of that local name."""
        for child in self.element:
            if isinstance(child.tag, str) and child.tag.rpartition("}")[2] == name:
                yield Node(child)

    def all(self, path: str) -> Iterator[Node]:
        """Every node at a path of local names; `a|b` takes either name."""
        head, _, rest = path.partition("/")
        for name in head.split("|"):
            for child in self.children(name):
                if rest:
                    yield from child.all(rest)
                else:
                    yield child

    def first(self, path: str) -> Node | None:
        """The first node at a path, or None."""
        return next(self.all(path), None)

    def text(self, path: str = "") -> str | None:
        """The first non-empty text at a path, spaces collapsed; None where there is none."""
        for node in self.all(path) if path else (self,):
            words = " ".join((node.element.text or "").split())
            if words:
                return words
        return None

    def number(self, path: str) -> Decimal | None:
        """The first number at a path, exactly as it is written; None where there is none."""
        for node in self.all(path):
            if node.value is not None:
                return node.value
        return None

    @property
    def value(self) -> Decimal | None:
        """This node's own text as a number, or None."""
        return _decimal(self.element.text)

    def attribute(self, name: str) -> str | None:
        """An attribute's value, or None where it is missing or empty."""
        return (self.element.get(name) or "").strip() or None


def parse(data: bytes) -> Node:
    """The root of an XML document; raises ValueError for what is none, or what declares entities."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root = fromstring(data.lstrip(), forbid_dtd=True)
    except (ParseError, DefusedXmlException, LookupError, RecursionError) as fault:
        raise ValueError("not a safe XML document") from fault
    return Node(root)


def _decimal(text: str | None) -> Decimal | None:
    words = (text or "").strip()
    if not words or len(words) > _MAX_DIGITS * 2:
        return None
    try:
        value = Decimal(words)
    except InvalidOperation:
        return None
    return value if value.is_finite() and value.adjusted() < _MAX_DIGITS else None
