"""What the lines of the program's earnings give to a metric: amounts by event day, the partner's own before caps."""

from datetime import date

from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.metrics.adjusted import with_adjustments
from partnerdesk.engine.metrics.finishing import kept_within
from partnerdesk.engine.outcome import EarningLine
from partnerdesk.engine.reckoning import Drawn, Reckoning
from partnerdesk.engine.rules import Metric
from partnerdesk.engine.terms.metrics import MetricTerms
from partnerdesk.engine.world.tree import OWN, WITH_OWN


def lines_drawn(reckoning: Reckoning[N], terms: MetricTerms, end: date) -> Drawn[N]:
    """The lines that pass the metric's filter, up to a day, in order of (day, id); of equal ones the own come first."""
    world, whose, found = reckoning.world, terms.metric.whose, list[tuple[EarningLine[N], str]]()
    earnings = {name: None for version in reckoning.terms.versions for name in version.program.earning}
    wanted = [name for name in named(terms.metric) or earnings if name in earnings]
    if whose == OWN or whose in WITH_OWN:
        found += [(line, "") for name in wanted for line in reckoning.lines_of(name, end) if line.event <= end]
    for other in () if whose == OWN else world.tree.worlds(whose):
        if other is not world:
            name, keys = other.partner.name or other.partner.id, {f"earning.{name}" for name in wanted}
            lines = reckoning.lines_below(other.partner.id)
            found += [(line, name) for line in lines if line.event <= end and line.rule.key in keys]
    passing = [(line, of) for line, of in found if terms.passes is None or terms.passes(line, world)]
    passing.sort(key=lambda one: (one[0].event, one[0].id))
    numbers = [_number(reckoning, terms, line, of) for line, of in passing]
    days, lines = [line.event for line, _ in passing], [line for line, _ in passing]
    return with_adjustments(reckoning, terms, Drawn(days, lines, numbers, {}))


def _number(reckoning: Reckoning[N], terms: MetricTerms, line: EarningLine[N], of: str) -> N:
    """The line's amount as far as it counts, or what it counts for, times what the tables say; `of` a partner below."""
    each, amount = terms.metric.each, line.amount
    if of and reckoning.arithmetic.traced:
        amount = reckoning.arithmetic.labelled(amount, f"{line.says} of {of}")
    if each is not None:
        amount = kept_within(reckoning, terms, each, amount)
    if not terms.tables:
        return amount
    ar = reckoning.arithmetic
    factors = [table.factor(ar, line, reckoning.world) for table in terms.tables]
    return ar.product(factors if terms.weighs else [amount, *factors], terms.fact_unit, terms.metric.says)


def named(metric: Metric) -> tuple[str, ...]:
    """The earnings whose lines a metric asks for; none when it asks for all."""
    for test in metric.where:
        if test.attribute == "earning" and test.one_of is not None and not test.negated:
            return tuple(str(name) for name in test.one_of)
    return ()
