"""A metric that would come to another value: observed as it was at the end of every period, and now as it would be.

The rule that measures it gives way to observations, so that score, tiers, earnings and the difference run as always.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from hashlib import sha256

from partnerdesk.engine.facts import Facts, Observation
from partnerdesk.engine.outcome import MetricResult
from partnerdesk.engine.period import Period
from partnerdesk.engine.rules import Metric, Program
from partnerdesk.engine.rules.filters import Test, Window
from partnerdesk.engine.whole import Outcome
from partnerdesk.errors import Refused
from partnerdesk.ops.whatif.bounds import bounds, metric_bounds, refuse_outside
from partnerdesk.ops.whatif.facts_changed import Left
from partnerdesk.ops.whatif.values import value_of
from partnerdesk.queries.scenarios import METRIC, Change

Programs = tuple[Program, ...]


def with_metrics(
    programs: Programs, facts: Facts, partner: str, as_is: Outcome, day: date, changes: Sequence[Change]
) -> tuple[Programs, Facts, list[Left]]:
    """Programs and facts under which some metrics come to what a case says; and what of that cannot be."""
    rows: list[Observation] = []
    left = []
    for change in (c for c in changes if c.action == METRIC):
        try:
            observed, unit = _observed(change, partner, as_is, day)
            _refuse_senseless(change, programs, facts, unit)
        except Refused as refused:
            is_gone = all(change.of not in program.metric for program in programs)
            left.append(Left(change, f"{refused.sentence} {refused.remedy}".strip(), is_gone))
            continue
        programs = tuple(_observing(program, change, unit) for program in programs)
        rows += observed
    whole = Facts({**facts.rows, "observation": (*facts.of("observation"), *rows)})
    return programs, whole, left


def _observed(change: Change, partner: str, as_is: Outcome, day: date) -> tuple[list[Observation], str]:
    """The observations of a metric, and its unit. Raises Refused for a metric that is not there, or no number."""
    value: Decimal | None = value_of("observation", "value", change.value)
    if value is None:
        raise Refused(f"The metric {change.of} needs a number.", "Write it like 0.95.")
    results = {label: result for (metric, label), result in as_is.metrics.items() if metric == change.of}
    if not results:
        raise Refused(f"The program has no metric {change.of}.", "Take the change out.")
    periods: Mapping[str, Period] = as_is.views.reviews()
    rows = [_row(change, partner, *said) for said in _before(results, periods, day)]
    return [*rows, _row(change, partner, day, value)], next(reversed(results.values())).unit


def _refuse_senseless(change: Change, programs: Programs, facts: Facts, unit: str) -> None:
    """Raises Refused for a value that the metric cannot come to as the program makes it."""
    value: Decimal = value_of("observation", "value", change.value)
    says = next(p.metric[change.of].says for p in reversed(programs) if change.of in p.metric)
    is_share = unit == "%"
    pair = metric_bounds(programs, change.of, facts.rows)
    refuse_outside(says, value, bounds(pair, value, is_share=is_share), is_share=is_share)


def _before(
    results: Mapping[str, MetricResult[Decimal]], periods: Mapping[str, Period], day: date
) -> Iterator[tuple[date, Decimal]]:
    """What it came to at the end of every period before."""
    for label, result in results.items():
        if result.value is not None and periods[label].end < day:
            yield periods[label].end, result.value


def _row(change: Change, partner: str, day: date, value: Decimal) -> Observation:
    id = f"what-if:{change.of}:{day.isoformat()}"
    return Observation(id=id, partner=partner, metric=_named(change), day=day, value=value, evidence="what-if")


def _named(change: Change) -> str:
    return f"what-if {change.of}"


def _observing(program: Program, change: Change, unit: str) -> Program:
    """The version with the metric read from its observations; one that does not define it stays as it is."""
    was = program.metric.get(change.of)
    if was is None:
        return program
    metric = Metric(
        says=was.says,
        reference=was.reference,
        note=was.note,
        of="observation",
        where=(Test(attribute="metric", one_of=(_named(change),)),),
        take="latest",
        value="value",
        day="day",
        window=Window(span="ever"),
        unit=unit,
        missing="not evaluated",
    )
    digest = sha256(f"{program.sha256} {change.of} {change.value}".encode()).hexdigest()
    return replace(program, metric={**program.metric, change.of: metric}, sha256=digest)
