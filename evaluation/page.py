"""The report as one HTML file that needs nothing else: no script, no other host."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from evaluation.plots import Plot, svg
from evaluation.tables import Table, printable, written

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_STYLE = """
:root { color-scheme: light dark; --ground: #fff; --ink: #1c2024; --faint: #5c646c; --line: #d8dde2;
  --good: #2f7d4f; --gone: #8a94a0; --doubt: #c98a10; --bad: #c0392b; }
@media (prefers-color-scheme: dark) { :root { --ground: #16191c; --ink: #e8eaed; --faint: #a5adb5;
  --line: #394048; --good: #4fae78; --gone: #7d8791; --doubt: #e3ae45; --bad: #ff6f61; } }
body { margin: 2rem auto; max-width: 72rem; padding: 0 1rem; background: var(--ground); color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2.2rem; }
p.note, dt { color: var(--faint); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; } dd { margin: 0; }
.lead { font-size: 1.15rem; } .lead strong { font-size: 1.8rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .87rem; }
th, td { padding: .25rem .6rem; border-bottom: 1px solid var(--line); }
th, td { text-align: right; vertical-align: top; }
th.text, td.text { text-align: left; max-width: 26rem; overflow-wrap: anywhere; }
th { position: sticky; top: 0; background: var(--ground); }
svg { width: 100%; height: auto; } svg text { fill: var(--ink); font: 11px system-ui, sans-serif; }
svg text.label { text-anchor: end; }
.good { fill: var(--good); } .gone { fill: var(--gone); }
.doubt { fill: var(--doubt); } .bad { fill: var(--bad); }
"""


def html(
    title: str,
    lead: tuple[str, str],
    facts: Mapping[str, str],
    plots: Sequence[Plot],
    tables: Sequence[Table],
) -> str:
    """The page. `lead` is the figure that matters most and what it counts; all text is escaped."""
    parts = [
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>",
        f"<h1>{escape(title)}</h1>",
        f'<p class="lead">{escape(lead[1])}: <strong>{escape(lead[0])}</strong></p>',
        "<dl>",
        *(f"<dt>{escape(name)}</dt><dd>{_text(value)}</dd>" for name, value in facts.items()),
        "</dl>",
    ]
    for plot in plots:
        if plot.bars:
            parts += [f"<h2>{escape(plot.title)}</h2>", svg(plot)]
    for table in tables:
        if table.rows:
            parts += _table(table)
    return "\n".join([*parts, "</body></html>\n"])


def _table(table: Table) -> list[str]:
    kinds = [' class="text"' if column.kind == "text" else "" for column in table.columns]
    heads = "".join(
        f'<th scope="col"{kind}>{escape(column.heading)}</th>'
        for kind, column in zip(kinds, table.columns, strict=True)
    )
    made = [f"<h2>{escape(table.title)}</h2>"]
    if table.note:
        made.append(f'<p class="note">{escape(table.note)}</p>')
    made.append(f'<div class="wide"><table><thead><tr>{heads}</tr></thead><tbody>')
    for row in table.rows:
        cells = "".join(
            f"<td{kind}>{_text(written(column.kind, value))}</td>"
            for kind, column, value in zip(kinds, table.columns, row, strict=True)
        )
        made.append(f"<tr>{cells}</tr>")
    made.append("</tbody></table></div>")
    return made


def _text(value: str) -> str:
    """Text out of a document: escaped, and kept from turning the direction of what stands beside it."""
    return f"<bdi>{escape(printable(value))}</bdi>"
