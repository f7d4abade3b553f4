"""The lines of the German sample: enough of them to need a second page."""

from __future__ import annotations

from decimal import Decimal

from emulators.samples.values import Line

_LINES = """
WZ-1004|Spiralbohrer HSS-G 4,2 mm, DIN 338|40|Stk|2.35|19
WZ-1006|Spiralbohrer HSS-G 6,0 mm, DIN 338|40|Stk|2.90|19
WZ-1010|Spiralbohrer HSS-Co 10,0 mm|20|Stk|7.45|19
WZ-1121|Kegelsenker 90°, 16,5 mm|6|Stk|21.80|19
WZ-1208|Gewindebohrer M8, Form C|12|Stk|14.25|19
WZ-1210|Gewindebohrer M10, Form C|12|Stk|16.90|19
WZ-1302|Maschinenreibahle 8H7|4|Stk|38.60|19
FR-2016|Schaftfräser VHM 16 mm, vierschneidig|5|Stk|84.00|19
FR-2020|Schaftfräser VHM 20 mm, vierschneidig|5|Stk|119.50|19
FR-2110|Wendeplattenfräser 50 mm|2|Stk|236.00|19
FR-2111|Wendeschneidplatte APKT 1604, TiAlN|60|Stk|8.75|19
SP-3040|Spannzange ER32, 12 mm|8|Stk|18.40|19
SP-3041|Spannzange ER32, 16 mm|8|Stk|18.40|19
SP-3102|Aufnahme SK40 für ER32|3|Stk|74.90|19
SP-3160|Spannpratze mit Schraube, M12|24|Stk|11.15|19
MT-4001|Messschieber digital, 150 mm|4|Stk|49.00|19
MT-4012|Bügelmessschraube 0-25 mm|3|Stk|62.75|19
MT-4030|Messuhr 10 mm, 0,01 mm|3|Stk|41.30|19
BT-5020|Kühlschmierstoff Emulsion, Kanister|10|Ltr|6.98|19
BT-5031|Haftöl für Bettbahnen|5|Ltr|9.64|19
BT-5100|Putztücher, Rolle 500 Blatt|12|Rll|13.20|19
AS-6003|Schutzbrille klar, beschlagfrei|15|Stk|6.40|19
AS-6010|Schnittschutzhandschuhe Größe 9|20|Paar|8.95|19
AS-6022|Gehörschutzstöpsel, Spender 200 Paar|2|Stk|34.50|19
FL-9001|Fachbuch „Zerspanung in der Praxis“|2|Stk|44.80|7
FL-9002|Tabellenbuch Metall, 49. Auflage|5|Stk|31.90|7
DL-7001|Nachschleifen von Fräsern|3.5|Std|68.00|19
DL-7010|Gravur Werkzeugnummern|24|Stk|1.90|19
"""


def lines() -> tuple[tuple[str, Line], ...]:
    """Article number and line, in the document's order; amounts in EUR, rates in percent."""
    return tuple(_line(row) for row in _LINES.strip().splitlines())


def _line(row: str) -> tuple[str, Line]:
    article, description, quantity, unit, price, rate = row.split("|")
    amount = (Decimal(quantity) * Decimal(price)).quantize(Decimal("0.01"))
    return article, Line(
        description, Decimal(quantity), Decimal(price), amount, unit=unit, tax_rate=Decimal(rate)
    )
