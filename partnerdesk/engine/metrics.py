"""Metrics: a number about a partner over a window, from facts or from other metrics.

`measured` is the only door. Shares are 0..1 with unit "%"; sums of money are in the partner's currency.
"""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from partnerdesk.engine.facts import Contract
from partnerdesk.engine.figure import Excluded
from partnerdesk.engine.money import ONE, ZERO
from partnerdesk.engine.period import Period
from partnerdesk.engine.reckoning import Measured, Reckoning, bounds, origin
from partnerdesk.engine.rules import Metric, Program
from partnerdesk.engine.where import failing, getter, money_attribute, predicate
from partnerdesk.engine.world import Series, happened

N = TypeVar("N")


def measured(reckoning: Reckoning[N], name: str, period: Period, years_ago: int = 0) -> Measured[N]:
    """The metric's number for a period under the version in force at the period's end.

    Remembers it. Raises KeyError for a metric that the version does not define (the reader refuses such a program).
    """
    program = reckoning.program_at(min(period.end, reckoning.as_of))
    key = (program.version, name, period, years_ago)
    found = reckoning.numbers.get(key)
    if found is None:
        metric = program.metric[name]
        found = _kind_of(metric)(reckoning, program, name, metric, period, years_ago)
        reckoning.numbers[key] = found
    return found


def _kind_of(metric: Metric) -> "Callable[..., Measured[Any]]":
    if metric.ratio:
        return _ratio
    if metric.growth:
        return _growth
    if metric.mix:
        return _mix
    return _retention if metric.retention else _aggregate


def unit_of(program: Program, name: str, currency: str) -> str:
    """The unit of a metric's number."""
    metric = program.metric[name]
    if metric.unit:
        return metric.unit
    if metric.growth:
        if metric.growth_as == "amount":
            return unit_of(program, metric.growth, currency)
        return "%" if metric.growth_as == "share" else "1"
    if metric.ratio or metric.mix or metric.retention:
        return "%"
    if metric.take in ("count", "distinct"):
        return metric.of.replace("_", " ") + "s"
    return currency if money_attribute(metric.of, metric.value) else "1"


def _qualifying(
    reckoning: Reckoning[N], program: Program, name: str, metric: Metric
) -> tuple[Series, Callable[[Any], date | None] | None]:
    """The metric's facts in order of day, the filter applied: bisection then finds any window."""
    key = (program.version, name)
    found: tuple[Series, Callable[[Any], date | None] | None] | None = reckoning.prepared.get(key)
    if found is None:
        world = reckoning.world
        series, passes = world.series(metric.of, metric.day), predicate(metric.of, metric.where)
        if passes:
            keep = [(d, r) for d, r in zip(series.days, series.rows, strict=True) if passes(r, world)]
            series = Series([d for d, _ in keep], [r for _, r in keep])
        found = (series, None)
        if metric.window.span == "in force":
            until = metric.until or ("expires" if metric.of == "certification" else "end")
            get = getter(metric.of, until)
            found = (series, lambda row: get(row, world))
        reckoning.prepared[key] = found
    return found


def _aggregate(
    reckoning: Reckoning[N], program: Program, name: str, metric: Metric, period: Period, years_ago: int
) -> Measured[N]:
    start, end = bounds(metric.window, period, reckoning.as_of, program.fiscal_year_starts, years_ago)
    series, until = _qualifying(reckoning, program, name, metric)
    rows = series.between(start, end)
    if until is not None:
        rows = [r for r in rows if (last := until(r)) is None or last >= end]
    excluded = _left_out(reckoning, metric, start, end) if reckoning.arithmetic.traced else ()
    if metric.take in ("count", "distinct"):
        return _counted(reckoning, program, name, metric, rows, excluded)
    get = getter(metric.of, metric.value)
    known = [(r, v) for r in rows if (v := get(r, reckoning.world)) is not None]
    if len(known) < max(metric.minimum_rows, 0 if metric.take == "sum" and metric.missing == "zero" else 1):
        return _not_evaluated(reckoning, program, name, metric, len(known), excluded)
    unit = unit_of(program, name, reckoning.world.currency)
    money = money_attribute(metric.of, metric.value)
    parts = [_leaf(reckoning, metric, row, value, money, unit) for row, value in known]
    ar = reckoning.arithmetic
    number = (
        ar.sum(parts, unit, metric.says) if metric.take == "sum" else ar.pick(metric.take, parts, unit, metric.says)
    )
    return Measured(ar.because(number, str(metric.window), excluded), "", len(known), excluded)


def _leaf(reckoning: Reckoning[N], metric: Metric, row: Any, value: Decimal, money: bool, unit: str) -> N:
    if not money:
        return reckoning.arithmetic.leaf(row, metric.value, value, unit, metric.value)
    number = reckoning.money(row, value, metric.value, metric.value, happened(metric.of, row, metric.day) or date.min)
    if metric.of == "deal":
        share = reckoning.world.share(row)
        if share != ONE:
            ar = reckoning.arithmetic
            return ar.product([number, ar.leaf(row, "credit", share, "1", "credited share")], unit, metric.value)
    return number


def _counted(
    reckoning: Reckoning[N],
    program: Program,
    name: str,
    metric: Metric,
    rows: Sequence[Any],
    excluded: tuple[Excluded, ...],
) -> Measured[N]:
    if metric.take == "distinct":
        get, seen = getter(metric.of, metric.value), dict[Any, Any]()
        for row in rows:
            seen.setdefault(get(row, reckoning.world), row)
        rows = [row for key, row in seen.items() if key not in (None, "")]
    if len(rows) < metric.minimum_rows or (not rows and metric.missing == "not evaluated"):
        return _not_evaluated(reckoning, program, name, metric, len(rows), excluded)
    ar = reckoning.arithmetic
    number = ar.count(rows, unit_of(program, name, reckoning.world.currency), metric.says)
    return Measured(ar.because(number, str(metric.window), excluded), "", len(rows), excluded)


def _not_evaluated(
    reckoning: Reckoning[N], program: Program, name: str, metric: Metric, count: int, excluded: tuple[Excluded, ...]
) -> Measured[N]:
    if metric.missing == "zero" and not metric.minimum_rows:
        unit = unit_of(program, name, reckoning.world.currency)
        zero = reckoning.arithmetic.rule(ZERO, unit, metric.says, origin(program, f"metric.{name}"))
        return Measured(zero, "", 0, excluded)
    what = metric.of.replace("_", " ") or "fact"
    needed = max(metric.minimum_rows, 1)
    return Measured(None, f"{count} of {needed} {what}s needed, {metric.window}", count, excluded)


def _left_out(reckoning: Reckoning[N], metric: Metric, start: date | None, end: date) -> tuple[Excluded, ...]:
    """Rows of the kind inside the window that did not pass the filter, each with its reason."""
    world = reckoning.world
    found = []
    for row in world.rows(metric.of):
        day = happened(metric.of, row, metric.day)
        reason = failing(metric.of, metric.where, row, world)
        if day is None:
            reason = reason or "it has no date"
        elif day > end or (start is not None and day < start):
            continue
        elif not reason and metric.take not in ("count", "distinct"):
            missing = getter(metric.of, metric.value)(row, world) is None
            reason = f"its {metric.value.replace('_', ' ')} is not known" if missing else ""
        if reason:
            found.append(Excluded(row, reason, metric.reference))
    return tuple(found)


def _ratio(
    reckoning: Reckoning[N], program: Program, name: str, metric: Metric, period: Period, years_ago: int
) -> Measured[N]:
    assert metric.ratio
    above = measured(reckoning, metric.ratio[0], period, years_ago)
    below = measured(reckoning, metric.ratio[1], period, years_ago)
    ar = reckoning.arithmetic
    if above.value is None or below.value is None:
        return Measured(None, above.missing or below.missing)
    if ar.value(below.value) == 0:
        return Measured(None, f"{program.metric[metric.ratio[1]].says} is zero")
    unit = unit_of(program, name, reckoning.world.currency)
    return Measured(ar.quotient(above.value, below.value, unit, metric.says), "", above.counted + below.counted)


def _growth(
    reckoning: Reckoning[N], program: Program, name: str, metric: Metric, period: Period, years_ago: int
) -> Measured[N]:
    now = measured(reckoning, metric.growth, period, years_ago)
    then = measured(reckoning, metric.growth, period, years_ago + 1)
    ar = reckoning.arithmetic
    if now.value is None or then.value is None:
        return Measured(None, now.missing or then.missing)
    if ar.value(then.value) <= metric.minimum_base:
        return Measured(None, "too little a year before to measure growth")
    unit = unit_of(program, name, reckoning.world.currency)
    counted = now.counted + then.counted
    if metric.growth_as == "ratio":
        return Measured(ar.quotient(now.value, then.value, unit, metric.says), "", counted)
    earlier = ar.labelled(then.value, "a year before")
    money = unit_of(program, metric.growth, reckoning.world.currency)
    change = ar.difference(now.value, earlier, money, "increase" if metric.growth_as == "share" else metric.says)
    if metric.growth_as == "amount":
        return Measured(change, "", counted)
    return Measured(ar.quotient(change, earlier, unit, metric.says), "", counted)


def _mix(
    reckoning: Reckoning[N], program: Program, name: str, metric: Metric, period: Period, years_ago: int
) -> Measured[N]:
    """Weighted mean; parts that are not evaluated leave their weight to the others, or the whole is not evaluated."""
    ar = reckoning.arithmetic
    found = [(part, measured(reckoning, part.metric, period, years_ago)) for part in metric.mix]
    known = [(part, m.value, m.counted) for part, m in found if m.value is not None]
    if not known:
        return Measured(None, found[0][1].missing)
    weight = sum((part.weight for part, _, _ in known), ZERO)
    unit = unit_of(program, name, reckoning.world.currency)
    parts = []
    for part, value, _ in known:
        share = ar.rule(part.weight / weight, "1", "weight", origin(program, f"metric.{name}.mix"))
        parts.append(ar.product([share, value], unit, program.metric[part.metric].says))
    number = ar.sum(parts, unit, metric.says)
    silent = [program.metric[part.metric].says for part, m in found if m.value is None]
    why = f"{', '.join(silent)} not evaluated: its weight goes to the others" if silent else ""
    return Measured(ar.because(number, why), "", max(count for _, _, count in known))


def _retention(
    reckoning: Reckoning[N], program: Program, name: str, metric: Metric, period: Period, years_ago: int
) -> Measured[N]:
    """Kept over due, of contracts whose term ended in the window.

    gross revenue: what was renewed, at most the old amount; net revenue: what was renewed, with expansion; logo: how
    many were renewed. A contract without an outcome does not count yet.
    """
    start, end = bounds(metric.window, period, reckoning.as_of, program.fiscal_year_starts, years_ago)
    due, excluded = [], []
    passes = predicate("contract", metric.where)
    for row in reckoning.world.series("contract", "end").between(start, end):
        reason = _no_outcome(row, reckoning.as_of)
        if passes is not None and not passes(row, reckoning.world):
            reason = failing("contract", metric.where, row, reckoning.world)
        if reason:
            excluded.append(Excluded(row, reason, metric.reference))
        else:
            due.append(row)
    left_out = tuple(excluded)
    if len(due) < max(1, metric.minimum_rows):
        return Measured(None, f"{len(due)} contracts ended with a known outcome, {metric.window}", len(due), left_out)
    ar = reckoning.arithmetic
    if metric.retention == "logo":
        kept = ar.count([c for c in due if c.outcome != "churned"], "contracts", "contracts renewed")
        base = ar.count(due, "contracts", "contracts due")
    else:
        base = ar.sum([_due(reckoning, c) for c in due], reckoning.world.currency, "recurring value due")
        kept = ar.sum(
            [_kept(reckoning, metric.retention, c) for c in due], reckoning.world.currency, "recurring value renewed"
        )
    if ar.value(base) == 0:
        return Measured(None, "the contracts that ended had no recurring value", len(due), left_out)
    number = ar.quotient(kept, base, "%", metric.says)
    return Measured(ar.because(number, str(metric.window), left_out), "", len(due), left_out)


def _no_outcome(contract: Contract, as_of: date) -> str:
    if contract.outcome == "open" or (contract.outcome_on is not None and contract.outcome_on > as_of):
        return "its outcome is not known yet"
    if contract.recurring is None:
        return "its recurring amount is not known"
    if contract.outcome in ("expanded", "contracted") and contract.outcome_amount is None:
        return "its amount after the renewal is not known"
    return ""


def _due(reckoning: Reckoning[N], contract: Contract) -> N:
    amount, end = contract.recurring or ZERO, contract.end or date.min
    return reckoning.money(contract, amount, "recurring", "due", end)


def _kept(reckoning: Reckoning[N], definition: str, contract: Contract) -> N:
    ar, end = reckoning.arithmetic, contract.end or date.min
    if contract.outcome == "churned":
        return ar.leaf(contract, "outcome", ZERO, reckoning.world.currency, "churned")
    if contract.outcome_amount is None:
        return _due(reckoning, contract)
    after = reckoning.money(contract, contract.outcome_amount, "outcome_amount", "renewed", end)
    if definition == "net revenue":
        return after
    return ar.least([after, _due(reckoning, contract)], reckoning.world.currency, "renewed, at most what was due")
