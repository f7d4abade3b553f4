"""One line for each item, in the order of both."""

from __future__ import annotations

from common.extraction.row import Line


def aligned(candidates: list[dict[Line, float]]) -> list[Line | None]:
    """One line for each item, all different, in reading order where that fits best.

    The heaviest common subsequence of items and lines; what is out of order is
    fitted in afterwards.
    """
    ranks = {
        line: rank for rank, line in enumerate(sorted({line for each in candidates for line in each}), 1)
    }
    best: list[tuple[float, int]] = [(0.0, -1)] * (len(ranks) + 1)
    """A Fenwick tree: the heaviest chain that ends at or before a rank, as weight and node."""
    nodes: list[tuple[int, Line, int]] = []
    for number, each in enumerate(candidates):
        made: list[tuple[int, float, int]] = []
        for line, score in each.items():
            weight, node = _heaviest(best, ranks[line] - 1)
            nodes.append((number, line, node))
            made.append((ranks[line], weight + score, len(nodes) - 1))
        for rank, total, node in made:
            at = rank
            while at < len(best):
                if total > best[at][0]:
                    best[at] = (total, node)
                at += at & -at
    chosen: list[Line | None] = [None] * len(candidates)
    _, node = _heaviest(best, len(ranks))
    while node >= 0:
        number, line, node = nodes[node]
        chosen[number] = line
    used = {line for line in chosen if line is not None}
    for number, each in enumerate(candidates):
        if chosen[number] is None:
            free = [(score, line) for line, score in each.items() if line not in used]
            if free and max(free)[0] > 2.5:
                chosen[number] = max(free)[1]
                used.add(max(free)[1])
    return chosen


def _heaviest(tree: list[tuple[float, int]], rank: int) -> tuple[float, int]:
    found = (0.0, -1)
    while rank > 0:
        found = max(found, tree[rank])
        rank -= rank & -rank
    return found
