"""Plots as inline SVG: stacked bars, readable on light and on dark ground, without a script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from evaluation.tables import printable

_WIDTH, _LABEL, _ROW, _BAR = 880, 270, 22, 14
_VALUE = 56
_HEAD = 30
_LETTERS = 36
_MARK = 12
_GAP = 150


@dataclass(frozen=True)
class Bar:
    """One bar: its label and its parts, in the order of the legend."""

    label: str
    parts: Sequence[int]


@dataclass(frozen=True)
class Plot:
    """Bars of one scale. `colours` are classes of the page's style, one for each part."""

    title: str
    legend: Sequence[str]
    bars: Sequence[Bar]
    colours: Sequence[str] = ("good", "gone", "doubt", "bad")


def svg(plot: Plot) -> str:
    """The plot as an SVG element; every part says its figure when pointed at."""
    height = _HEAD + _ROW * len(plot.bars) + 6
    most = max((sum(bar.parts) for bar in plot.bars), default=0) or 1
    title = escape(plot.title)
    made = [f'<svg viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{title}">']
    for place, (name, colour) in enumerate(zip(plot.legend, plot.colours, strict=False)):
        x = _LABEL + place * _GAP
        made.append(f'<rect class="{colour}" x="{x}" y="6" width="{_MARK}" height="{_MARK}"/>')
        made.append(f'<text x="{x + _MARK + 5}" y="16">{escape(name)}</text>')
    for row, bar in enumerate(plot.bars):
        made.extend(_row(plot, bar, _HEAD + row * _ROW, most))
    made.append("</svg>")
    return "\n".join(made)


def _row(plot: Plot, bar: Bar, y: int, most: int) -> list[str]:
    label = printable(bar.label)
    short = label if len(label) <= _LETTERS else label[: _LETTERS - 1] + "…"
    made = [f'<text class="label" x="{_LABEL - 8}" y="{y + 12}">{escape(short)}</text>']
    x, room = float(_LABEL), _WIDTH - _LABEL - _VALUE
    for name, part, colour in zip(plot.legend, bar.parts, plot.colours, strict=False):
        if part:
            wide = room * part / most
            told = escape(f"{label}: {part} {name}")
            made.append(
                f'<rect class="{colour}" x="{x:.1f}" y="{y}" width="{wide:.1f}" height="{_BAR}">'
                f"<title>{told}</title></rect>"
            )
            x += wide
    made.append(f'<text x="{x + 5:.1f}" y="{y + 12}">{sum(bar.parts)}</text>')
    return made
