"""What the lines of the program's own earnings give to a metric: their amounts before caps, by their event day."""

from datetime import date

from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.metrics.adjusted import with_adjustments
from partnerdesk.engine.metrics.finishing import kept_within
from partnerdesk.engine.outcome import EarningLine
from partnerdesk.engine.reckoning import Drawn, Reckoning
from partnerdesk.engine.rules import Metric
from partnerdesk.engine.terms.metrics import MetricTerms


def lines_drawn(reckoning: Reckoning[N], terms: MetricTerms, end: date) -> Drawn[N]:
    """The lines that pass the metric's filter, up to a day, in order of (day, id)."""
    world, found = reckoning.world, []
    earnings = {name: None for version in reckoning.terms.versions for name in version.program.earning}
    for name in named(terms.metric) or earnings:
        if name in earnings:
            found += [line for line in reckoning.lines_of(name, end) if line.event <= end]
    lines = [line for line in found if terms.passes is None or terms.passes(line, world)]
    lines.sort(key=lambda line: (line.event, line.id))
    numbers = [_number(reckoning, terms, line) for line in lines]
    return with_adjustments(reckoning, terms, Drawn([line.event for line in lines], lines, numbers, {}))


def _number(reckoning: Reckoning[N], terms: MetricTerms, line: EarningLine[N]) -> N:
    """The line's amount as far as it counts, or what it counts for, times what the tables say."""
    each, amount = terms.metric.each, line.amount
    if each is not None:
        amount = kept_within(reckoning, terms, each, amount)
    if not terms.tables:
        return amount
    ar = reckoning.arithmetic
    factors = [table.factor(ar, line, reckoning.world) for table in terms.tables]
    return ar.product(factors if terms.weighs else [amount, *factors], terms.unit, terms.metric.says)


def named(metric: Metric) -> tuple[str, ...]:
    """The earnings whose lines a metric asks for; none when it asks for all."""
    for test in metric.where:
        if test.attribute == "earning" and test.one_of is not None and not test.negated:
            return tuple(str(name) for name in test.one_of)
    return ()
