"""What a figure of an outcome is called by people, on the command line and in a program's cases."""

from collections.abc import Iterator
from datetime import date

from partnerdesk.engine.arithmetic import FIGURES
from partnerdesk.engine.figure import Figure
from partnerdesk.engine.outcome import EarningLine, Traced
from partnerdesk.engine.trace import find

Answer = Figure | str | date | None


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


def answer(outcome: Traced, figure: str, period: str = "") -> Answer:
    """The figure of a name in a partner's explained outcome, or its text or day; None where there is none.

    `period` is a label; the last one by default, and for earned amounts all of them. Raises KeyError for a name that
    nothing has.
    """
    name, _, part = figure.partition(".")
    if name in _ANSWERS:
        return _ANSWERS[name](outcome, part, period)
    if any(metric == figure for metric, _ in outcome.metrics):
        labels = [label for metric, label in outcome.metrics if metric == figure]
        return outcome.metrics[figure, period or labels[-1]].value
    for line in outcome.lines:
        if line.id == figure:
            return line.amount
    for entry in outcome.entries:
        if entry.id == figure:
            return entry.amount
    return _row(outcome, name, part, period)


def _score(outcome: Traced, part: str, period: str) -> Answer:
    return outcome.scores[period or list(outcome.scores)[-1]].total


def _tier(outcome: Traced, part: str, period: str) -> Answer:
    return outcome.standings[period or list(outcome.standings)[-1]].tier


def _reached(outcome: Traced, part: str, period: str) -> Answer:
    return outcome.standings[period or list(outcome.standings)[-1]].reached


def _earned(outcome: Traced, part: str, period: str) -> Answer:
    lines = [line for line in outcome.lines if _is_of(line, part) and period in ("", line.period.label)]
    return FIGURES.sum([line.amount for line in lines], outcome.currency, "earned")


def _is_of(line: "EarningLine[Figure]", rule: str) -> bool:
    return not rule or line.rule.key in (f"earning.{rule}", rule)


def _row(outcome: Traced, name: str, part: str, period: str) -> Answer:
    row = outcome.statements[period or list(outcome.statements)[-1]].row(name)
    return {"held": row.held, "payable": row.payable}.get(part, row.total)


_ANSWERS = {"score": _score, "tier": _tier, "reached": _reached, "earned": _earned}
