"""The score's part of a pack: key figures, components, gates, what still can be earned, and the history."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TypeVar

from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import Component, MetricResult, Requirement, Score, Standing
from partnerdesk.engine.period import Period, previous_period
from partnerdesk.engine.rules import Metric, Program
from partnerdesk.engine.tiers.levers import levers
from partnerdesk.ops.pack.gathered import Gathered
from partnerdesk.program.words import definition
from partnerdesk.queries.partners.portfolio import QUARTERS, earned_between
from partnerdesk.queries.statements.archive import closed_statements
from partnerdesk.reports.pack.data import Gate, KeyFigure, Lever, ScoreComponent, ScorePoint, ScoreView, TierLine

_OfPeriod = TypeVar("_OfPeriod", Score[Decimal], Standing[Decimal])
_PARTS = 2  # of the score, beside revenue, score and what was earned


def key_figures(g: Gathered) -> Iterator[KeyFigure]:
    """Five, as many as stand beside the tier: revenue, the two heaviest parts of the score, the score, the earned."""
    revenue = revenue_metric(g.program)
    if revenue and (g.period.unit == "quarter" or (revenue, g.period.label) in g.outcome.metrics):
        yield _of_metric(g, revenue)  # what is measured by quarter has no place in the review of a month
    score = _score(g, g.period)
    parts = sorted(score.components, key=lambda c: -c.weight)[:_PARTS] if score else []
    for component in parts:
        yield _of_metric(g, component.metric)
    if score is not None:
        before = _score(g, previous_period(g.period, g.year))
        history = tuple(s.total if s else None for s in (_score(g, period) for period in _history_periods(g)))
        name = g.program.score.says if g.program.score else "Score"
        yield KeyFigure(name, score.total, "points", before.total if before else None, None, history)
    earned = earned_between(g.outcome, g.period.start, g.period.end)
    last = previous_period(g.period, g.year)
    yield KeyFigure(
        "Earned",
        earned,
        g.outcome.currency,
        earned_between(g.outcome, last.start, last.end),
        _planned(g, "earned"),
        tuple(earned_between(g.outcome, p.start, p.end) for p in _history_periods(g)),
        paid=_paid(g),
        stated=_stated(g, earned),
    )


def _stated(g: Gathered, earned: Decimal) -> Decimal | None:
    """What the quarter's statements say was earned, where closed ones keep another amount than is known today."""
    found = [s for s in g.outcome.statements.values() if g.period.start <= s.period.start <= g.period.end]
    closed = {row.period for row in closed_statements(g.session, g.partner.id)}
    if not any(s.period.label in closed for s in found):
        return None
    total = sum((r.total for s in found for r in s.rows if r.key.startswith("earned.") or r.key == "topup"), ZERO)
    return total if total != earned else None


def _paid(g: Gathered) -> Decimal | None:
    """What was remitted in the quarter by the days of payment, whenever it became known; None without a statement."""
    days = [s.period.start for s in g.outcome.statements.values() if g.period.start <= s.period.start <= g.period.end]
    if not days:
        return None
    paid = [p for p in g.world.of("payment") if p.partner == g.partner.id and p.amount is not None and p.day]
    through = min(g.period.end, g.as_of)
    amounts = [g.exchange.in_cents(p.amount, p.currency, p.day) for p in paid if min(days) <= p.day <= through]
    return sum((amount for amount in amounts if amount is not None), ZERO)


def _back(g: Gathered, quarters: int) -> Period:
    period = g.period
    for _ in range(quarters):
        period = previous_period(period, g.year)
    return period


def revenue_metric(program: Program) -> str:
    """The program's own sum of a quarter's business, if it has one."""
    for name, metric in program.metric.items():
        if _is_revenue(metric) and metric.window.span == "period":
            return name
    return next((name for name, metric in program.metric.items() if _is_revenue(metric)), "")


def _is_revenue(metric: Metric) -> bool:
    return metric.of in ("deal", "transaction", "deal_line") and metric.take == "sum" and metric.value == "amount"


def _of_metric(g: Gathered, name: str) -> KeyFigure:
    found = measured(g, name, g.period.label)
    before = measured(g, name, previous_period(g.period, g.year).label)
    history = [measured(g, name, period.label) for period in _history_periods(g)]
    metric = g.program.metric[name]
    return KeyFigure(
        metric.says,
        found.value if found else None,
        found.unit if found else "",
        before.value if before else None,
        _planned(g, name),
        tuple(h.value if h else None for h in history),
        missing=found.missing if found else "no figures yet",
    )


def measured(g: Gathered, name: str, label: str) -> MetricResult[Decimal] | None:
    """A metric in a period; a quarter has one, too, where the program looks at it by month. None without any."""
    if g.period.unit != "quarter":
        return g.outcome.metrics.get((name, label))  # what is measured by quarter has no place in the review of a month
    try:
        return g.outcome.metric_in(name, label)
    except KeyError:  # a metric without figures, or a period before the first
        return None


def _planned(g: Gathered, metric: str) -> Decimal | None:
    """The joint plan's target of the quarter for a metric."""
    for target in g.plan.targets if g.plan else ():
        if target.metric == metric:
            return next((q.value for q in target.quarters if q.quarter == g.period.label), None)
    return None


def _history_periods(g: Gathered) -> list[Period]:
    return [_back(g, n) for n in range(QUARTERS - 1, -1, -1)]


def _score(g: Gathered, period: Period) -> Score[Decimal] | None:
    return _last_in(g.outcome.scores, period)


def scored(g: Gathered) -> str:
    """The label of the period whose score is that of the review."""
    score = _score(g, g.period)
    return score.period.label if score else g.period.label


def _last_in(found: Mapping[str, _OfPeriod], period: Period) -> _OfPeriod | None:
    """A score or a standing of a period: its own, or where tiers are looked at more often that of its last part so far,
    for a review tells how things stand at its end.
    """
    if period.label in found:
        return found[period.label]
    parts = (one for label in found if period.start <= (one := found[label]).period.start)
    return max((p for p in parts if p.period.end <= period.end), key=lambda p: p.period.end, default=None)


def score_view(g: Gathered) -> ScoreView | None:
    """The page about score and tier; None under a program without a score."""
    standing = _last_in(g.outcome.standings, g.period)
    score = _score(g, g.period)
    if standing is None:
        return None
    before = _score(g, previous_period(g.period, g.year))
    following = next((t for t in standing.tiers if t.name == standing.next_tier), None)
    return ScoreView(
        total=score.total if score else None,
        tier=standing.tier,
        reached=standing.reached,
        tiers=tuple(TierLine(t.name, t.score_floor) for t in standing.tiers),
        next_tier=standing.next_tier,
        points_short=standing.points_short,
        since=standing.since,
        check_day=g.period.end,
        components=tuple(_component(g, c, before) for c in (score.components if score else ())),
        gates=tuple(_gates(following.requirement)) if following else (),
        levers=tuple(_levers(g, score)) if score else (),
        history=tuple(_history(g)),
        rule=_rule(score, standing),
        missing="" if score else "no finished quarter yet",
    )


def _rule(score: Score[Decimal] | None, standing: Standing[Decimal]) -> str:
    return score.rule.reference if score else standing.rule.reference


def _component(g: Gathered, c: Component[Decimal], before: Score[Decimal] | None) -> ScoreComponent:
    earlier = next((b.points for b in before.components if b.metric == c.metric), None) if before else None
    return ScoreComponent(
        label=c.label,
        measures=definition(g.program, c.metric),
        unit=c.unit,
        weight=c.weight,
        measured=c.measured,
        points=c.points,
        adds=c.adds,
        previous=earlier,
        minimum=c.minimum,
        met_minimum=c.met_minimum,
        missing=c.missing,
    )


def _gates(need: Requirement[Decimal], depth: int = 0) -> Iterator[Gate]:
    """The requirements of the next tier besides its score, groups indented."""
    if need.kind == "score":
        return
    if need.parts:
        own = depth
        if need.kind != "all" or depth:
            said = f"{need.text} these" if need.text.endswith(" of") else need.text  # "One of" stands alone on a page
            yield Gate(said, need.met, depth=depth)
            own = depth + 1
        for part in need.parts:
            yield from _gates(part, own)
        return
    yield Gate(need.text, need.met, need.value, need.needed, need.unit, missing=need.missing, depth=depth)


def _levers(g: Gathered, score: Score[Decimal]) -> Iterator[Lever]:
    if g.program.score is not None:
        for lever in levers(g.program.score, score):
            yield Lever(lever.gain, lever.label, "", lever.measured, lever.target, lever.unit)


def _history(g: Gathered) -> Iterator[ScorePoint]:
    for period in _history_periods(g):
        score = _score(g, period)
        yield ScorePoint(period, score.total if score else None, score.rule.version if score else "")
