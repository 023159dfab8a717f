"""Names of figures, and the figure behind a name: how a number on a screen finds its Why.

A name is a kind and parts joined by `|`, such as `score|2026Q3`, `line|anchor:D-1042`, `row|closing|held|2026-09`,
`payout|2026-09` or `payout.moved|2026-09|REBATE`.
"""

from collections.abc import Callable

from partnerdesk.engine.figures.arithmetic import FIGURES
from partnerdesk.engine.figures.figure import Figure
from partnerdesk.engine.outcome import Component, Requirement
from partnerdesk.engine.whole import Traced


def name(kind: str, *parts: str) -> str:
    """The name of a figure."""
    return "|".join((kind, *parts))


def find(outcome: Traced, named: str) -> Figure | None:
    """The figure of that name in a partner's explained outcome; None when it is not evaluated.

    Raises KeyError for a name that the outcome does not have.
    """
    kind, *parts = named.split("|")
    if kind not in _FINDERS:
        raise KeyError(named)
    return _FINDERS[kind](outcome, parts)


def _component(outcome: Traced, parts: list[str]) -> Component[Figure]:
    metric, label = parts
    found = _among(outcome.scores[label].components, metric)
    if found is None:
        raise KeyError(metric)
    return found


def _among(components: tuple[Component[Figure], ...], metric: str) -> Component[Figure] | None:
    """The component of a metric or category, wherever it stands."""
    for component in components:
        found = component if component.metric == metric else _among(component.parts, metric)
        if found is not None:
            return found
    return None


def _score(outcome: Traced, parts: list[str]) -> Figure:
    """The score of a period, or of one scope in it: `score|2026Q3|EMEA`."""
    score = outcome.scores[parts[0]]
    return {s.scope: s.total for s in score.scopes}[parts[1]] if len(parts) > 1 else score.total


def _line(outcome: Traced, parts: list[str]) -> Figure:
    found = {line.id: line for line in outcome.lines}
    return found[parts[0]].amount


def _entry(outcome: Traced, parts: list[str]) -> Figure:
    return {e.id: e for e in outcome.entries}[parts[0]].amount


def _row(outcome: Traced, parts: list[str]) -> Figure:
    key, bucket, label = parts
    row = outcome.statements[label].row(key)
    return {"held": row.held, "payable": row.payable, "total": row.total}[bucket]


CLAWED_BACK, ADJUSTED, PAID = "clawed_back", "adjusted", "paid"
# the columns of a period's run -> the rows of the roll-forward that they add up; "earned." stands for every type
MOVEMENTS: dict[str, tuple[str, ...]] = {
    "opening": ("opening", "opened"),
    "earned": ("earned.", "topup"),
    "transfers": ("deferred", "holdback", "released"),
    "clawed_back": ("clawback", "forfeited", "lapsed"),
    "adjusted": ("adjusted", "trueup"),
    "paid": ("tax", "paid"),
    "closing": ("closing",),
}


def moves(column: str, row: str) -> bool:
    """Whether a row of the roll-forward belongs to a column of a period's run."""
    return any(row == key or (key[-1] == "." and row.startswith(key)) for key in MOVEMENTS[column])


def _moved(outcome: Traced, parts: list[str]) -> Figure:
    """A column of a period's run: its row, or the sum of its rows; what was paid late is paid, and no adjustment, and
    what was waived of a debt is one, and taken from nobody.
    """
    column, label = parts
    statement = outcome.statements[label]
    rows = [r.total for r in statement.rows if moves(column, r.key)]
    late = [entry.amount for entry in statement.paid_late]
    waived = [entry.amount for entry in statement.losses if FIGURES.value(entry.amount) > 0]
    if column == PAID:
        rows += late
    elif column == ADJUSTED:
        rows += [FIGURES.negative(amount, "paid, and no adjustment") for amount in late] + waived
    elif column == CLAWED_BACK:
        rows += [FIGURES.negative(amount, "waived, and taken from nobody") for amount in waived]
    if len(rows) == 1:
        return rows[0]
    return FIGURES.sum(rows, statement.currency, column.replace("_", " ").capitalize())


def _held(outcome: Traced, parts: list[str]) -> Figure:
    id, label = parts
    return next(h for h in outcome.statements[label].held if h.id == id).remaining


def _of_payout(column: str) -> Callable[[Traced, list[str]], Figure]:
    """A column of the payout of a settlement period, and of a type where types are apart."""
    return lambda outcome, parts: getattr(outcome.payouts["|".join(parts)], column)


def _at_risk(outcome: Traced, parts: list[str]) -> Figure:
    """What a clawback could still take of a line, by its cause."""
    line, cause = parts
    return next(r for r in outcome.at_risk[line] if r.cause == cause).amount


def _exposure(outcome: Traced, parts: list[str]) -> Figure:
    """What a customer's leaving would cost: `exposure|C1`, of one line `exposure|C1|upfront:D1`."""
    found = outcome.exposures[parts[0]]
    return next(loss for loss in found.lines if loss.line == parts[1]).amount if len(parts) > 1 else found.amount


def _of_fund(outcome: Traced, parts: list[str]) -> Figure:
    """A column of a fund: `fund|co_marketing|available`."""
    key, column = parts
    found: Figure = getattr(outcome.funds[key], column)
    return found


def _fund_move(outcome: Traced, parts: list[str]) -> Figure:
    """One movement of a fund by its id."""
    key, id = parts
    return next(move for move in outcome.funds[key].moves if move.id == id).amount


def _short(outcome: Traced, parts: list[str]) -> Figure | None:
    return outcome.standings[parts[0]].points_short


def _need(outcome: Traced, parts: list[str]) -> Figure | None:
    """The value of a requirement, by the metric's name or `score`, in any tier of a period."""
    metric, label = parts
    for tier in outcome.standings[label].tiers:
        found = _in_requirement(tier.requirement, metric)
        if found is not None:
            return found.value
    raise KeyError(metric)


def _in_requirement(need: "Requirement[Figure]", metric: str) -> "Requirement[Figure] | None":
    if (need.kind == "score" and metric == "score") or (need.metric == metric and metric):
        return need
    return next((found for part in need.parts if (found := _in_requirement(part, metric))), None)


PAYOUT_COLUMNS = ("carried_in", "moved", "advanced", "recovered", "owed", "withheld", "carried", "invoiced", "lost")
_FINDERS: dict[str, Callable[[Traced, list[str]], Figure | None]] = {
    "metric": lambda o, p: o.metrics[p[0], p[1]].value,
    "score": _score,
    "measured": lambda o, p: _component(o, p).measured,
    "points": lambda o, p: _component(o, p).points,
    "adds": lambda o, p: _component(o, p).adds,
    "short": _short,
    "need": _need,
    "line": _line,
    "entry": _entry,
    "row": _row,
    "moved": _moved,
    "held": _held,
    "at_risk": _at_risk,
    "exposure": _exposure,
    "fund": _of_fund,
    "fund_move": _fund_move,
    "payout": _of_payout("paid"),
    **{f"payout.{column}": _of_payout(column) for column in PAYOUT_COLUMNS},
}
