"""Do the figures fit together: lines, taxes, and the way from the lines to the amount due."""

from __future__ import annotations

from common.extraction.document_sums import check_due, check_gross, check_net, check_rates, check_taxes
from common.extraction.figures import Figures
from common.extraction.line_sums import blame_line_sum, check_line_sum, check_lines
from common.extraction.review import Review

__all__ = ["Figures", "blame_line_sum", "check"]


def check(figures: Figures, review: Review) -> None:
    """Tries every sum that the figures allow and notes the outcome."""
    check_line_sum(figures, review)
    check_lines(figures, review)
    check_net(figures, review)
    check_taxes(figures, review)
    check_gross(figures, review)
    check_due(figures, review)
    check_rates(figures, review)
