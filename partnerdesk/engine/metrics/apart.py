"""The facts of a metric put in groups: by an attribute, or by the leg of a tree that they come from."""

from collections.abc import Callable, Iterable
from typing import Any

from partnerdesk.engine.facts import Adjustment
from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.metrics.aggregates import combined, different
from partnerdesk.engine.metrics.drawn import reader
from partnerdesk.engine.reckoning import Drawn, Reckoning
from partnerdesk.engine.terms.metrics import MetricTerms
from partnerdesk.engine.world.where_words import plain


def members(
    reckoning: Reckoning[N], terms: MetricTerms, of: MetricTerms, drawn: Drawn[N], inside: Iterable[int]
) -> dict[Any, list[int]]:
    """The places of each group's facts, in the order of their first ones; `of` is the metric whose facts they are.

    A fact without the attribute is in no group, nor is an adjustment that counts beside other facts.
    """
    read, found = _reader(reckoning, terms, of), dict[Any, list[int]]()
    is_mixed = bool(of.adjustments)
    for i in inside:
        row = drawn.rows[i]
        name = None if is_mixed and isinstance(row, Adjustment) else read(row)
        if name not in (None, ""):
            found.setdefault(name, []).append(i)
    return found


def _reader(reckoning: Reckoning[N], terms: MetricTerms, of: MetricTerms) -> Callable[[Any], Any]:
    """Reads the group of a drawn fact: what an attribute says, or the leg of the first of those whose it is."""
    if terms.group_of is not None:
        return reader(reckoning, of, terms.group_of)
    tree, owners = reckoning.world.tree, reckoning.drawn[of.draw].owners or {}
    return lambda row: tree.leg(of.metric.whose, owners[row.id][0].partner)


def says(reckoning: Reckoning[N], terms: MetricTerms, name: Any) -> str:
    """A group in words: a leg by the name of the partner it begins with."""
    return plain(name) if terms.group_of is not None else reckoning.world.row("partner", name).name or name


def aggregated(reckoning: Reckoning[N], terms: MetricTerms, drawn: Drawn[N], places: list[int], label: str) -> N | None:
    """The aggregate of a group's facts; None where none of them has what is counted."""
    rows = [drawn.rows[i] for i in places]
    numbers = [drawn.numbers[i] for i in places] if drawn.numbers else []
    if terms.metric.take == "distinct":
        rows, numbers = different(reckoning, terms, rows, numbers)
    return combined(reckoning, terms, rows, numbers, label) if rows else None
