"""What a figure of an outcome is called on the command line, so that a person can ask how it came about."""

from collections.abc import Iterator

from partnerdesk.engine.figure import Figure
from partnerdesk.engine.outcome import Traced
from partnerdesk.engine.trace import find


def named_figures(outcome: Traced, asked: str) -> Iterator[tuple[str, Figure]]:
    """All figures of one partner that `asked` names.

    The id of an earning line or an entry; `score` or a metric, for every period, or with `:PERIOD` for one; or
    `PERIOD:ROW` for the total of a statement's row, such as `2026-09:closing`. The window's own names
    (`engine.trace`), such as `row|closing|held|2026-09`, are known too.
    """
    if "|" in asked:
        figure = _by_window_name(outcome, asked)
        if figure is not None:
            yield asked, figure
        return
    yield from ((line.id, line.amount) for line in outcome.lines if line.id == asked)
    yield from ((entry.id, entry.amount) for entry in outcome.entries if entry.id == asked)
    name, _, period = asked.partition(":")
    if name == "score":
        yield from ((f"score:{p}", s.total) for p, s in outcome.scores.items() if period in ("", p))
    for metric, label in outcome.metrics:
        if metric == name and period in ("", label):
            value = outcome.metrics[metric, label].value
            if value is not None:
                yield f"{metric}:{label}", value
    if name in outcome.statements and period:
        yield from ((f"{name}:{row.key}", row.total) for row in outcome.statements[name].rows if row.key == period)


def _by_window_name(outcome: Traced, asked: str) -> Figure | None:
    try:
        return find(outcome, asked)
    except (KeyError, ValueError, StopIteration):
        return None
