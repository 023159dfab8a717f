"""What is built of a partner when it is looked at: metrics, scores, standings, statements, payouts, risks, funds."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Generic

from partnerdesk.engine.benefits.register import benefits
from partnerdesk.engine.earnings.idle import why_idle
from partnerdesk.engine.exposure.leaving import exposures
from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.funds.accounts import accounts
from partnerdesk.engine.lazy import Lazy
from partnerdesk.engine.metrics.metrics import measured
from partnerdesk.engine.outcome import (
    AtRisk,
    BenefitView,
    Exposure,
    FundAccount,
    MetricResult,
    Payout,
    Score,
    StageView,
    Standing,
    Statement,
    is_remitted,
)
from partnerdesk.engine.period import MONTHS, Period
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.rules import Program
from partnerdesk.engine.settling.lots import Lot
from partnerdesk.engine.settling.moved import Due
from partnerdesk.engine.settling.risk import at_risk
from partnerdesk.engine.settling.settlement import payouts
from partnerdesk.engine.settling.statement import StatementBook
from partnerdesk.engine.tiers.eligibility import takes_part
from partnerdesk.engine.tiers.scoring import scored
from partnerdesk.engine.tiers.stages import stages
from partnerdesk.engine.tiers.standing import standing
from partnerdesk.engine.tiers.tiers import reached, tier_on


def review_unit(program: Program) -> str:
    """How often metrics, scores and standings are taken."""
    return program.score.every if program.score else program.tiers.every


class PartnerViews(Generic[N]):
    """The views of one partner; each is made when it is first asked for."""

    def __init__(
        self, reckoning: Reckoning[N], book: StatementBook[N], lots: Mapping[str, Lot[N]], since: Mapping[str, Due[N]]
    ) -> None:
        self.reckoning, self.book, self.terms = reckoning, book, reckoning.terms
        self.lots = lots  # by line, the money of those that do more than being paid
        self.since = since  # since when what a hold keeps was payable, by entry

    @cached_property
    def metrics(self) -> Mapping[tuple[str, str], MetricResult[N]]:
        return Lazy(self.metric_keys, self.metric)

    @cached_property
    def scores(self) -> Mapping[str, Score[N]]:
        return Lazy(self.score_keys, self.score)

    @cached_property
    def standings(self) -> Mapping[str, Standing[N]]:
        return Lazy(self.standing_keys, self.standing)

    @cached_property
    def statements(self) -> Mapping[str, Statement[N]]:
        return Lazy(self.statement_keys, self.statement)

    @cached_property
    def payouts(self) -> Mapping[str, Payout[N]]:
        says_nothing = self.book.closed_to is None and not any(map(is_remitted, self.book.entries))
        return payouts(self.reckoning, self.book.entries, self.since, as_made=says_nothing)

    @cached_property
    def at_risk(self) -> Mapping[str, tuple[AtRisk[N], ...]]:
        return at_risk(self.reckoning, self.lots)

    @cached_property
    def exposures(self) -> Mapping[str, Exposure[N]]:
        return exposures(self.reckoning, self.lots, self.at_risk)

    @cached_property
    def funds(self) -> Mapping[str, FundAccount[N]]:
        return self.funds_on(self.reckoning.as_of)

    @cached_property
    def benefits(self) -> Mapping[str, BenefitView]:
        return benefits(self.reckoning)

    def funds_on(self, day: date) -> Mapping[str, FundAccount[N]]:
        return accounts(self.reckoning, day)

    def tier_on(self, day: date) -> str:
        return tier_on(self.reckoning, day)

    def why_idle(self, line: str) -> str:
        return why_idle(self.reckoning, line)

    def periods(self, unit: str) -> dict[str, Period]:
        """The partner's periods by label, from its first one to the running one."""
        found = self.reckoning.calendar.between(self.reckoning.first, self.reckoning.as_of, unit)
        return {period.label: period for period in found}

    def reviews(self) -> dict[str, Period]:
        return self.periods(review_unit(self.terms.versions[-1].program))

    def metric_keys(self) -> list[tuple[str, str]]:
        names = {name: None for version in self.terms.versions for name in version.program.metric}
        return [(name, label) for label in self.reviews() for name in names]

    def metric(self, key: tuple[str, str]) -> MetricResult[N]:
        name, period = key[0], self.period_of(key[1])
        version = self.terms.at_end(period)
        if name not in version.metrics:
            return MetricResult(name, name, "", None, f"version {version.program.version} does not define it")
        terms = version.metrics[name]
        found, days = measured(self.reckoning, terms, period), terms.window(period, 0, self.reckoning.world.partner)
        return MetricResult(
            name, terms.metric.says, terms.unit, found.value, found.missing, found.counted, found.excluded, days
        )

    def metric_in(self, name: str, label: str) -> MetricResult[N]:
        """A metric in any of the partner's months, quarters, halves and years. Raises KeyError for other labels."""
        if (name, label) in self.metrics or all(name != key for key, _ in self.metrics):
            return self.metrics[name, label]
        return self.metric((name, label))

    def period_of(self, label: str) -> Period:
        """The review of a label, or else another period of the partner's. Raises KeyError for any other label."""
        for found in (self.reviews(), *map(self.periods, MONTHS)):
            if label in found:
                return found[label]
        raise KeyError(label)

    @cached_property
    def stages(self) -> dict[str, StageView[N]]:
        calendar, day = self.reckoning.calendar, self.reckoning.as_of
        return stages(self.reckoning, calendar.at(day, review_unit(self.terms.versions[-1].program)))

    def score_keys(self) -> list[str]:
        found = [(k, p) for k, p in self.reviews().items() if self.terms.at_end(p).program.score is not None]
        return [label for label, period in found if takes_part(self.reckoning, period)]

    def score(self, label: str) -> Score[N]:
        period = self.reviews()[label]
        score = scored(self.reckoning, self.terms.at_end(period), period)
        assert score
        return score

    def tier_periods(self) -> dict[str, Period]:
        return self.periods(self.terms.versions[-1].program.tiers.every)

    def standing_keys(self) -> list[str]:
        found = [(label, p) for label, p in self.tier_periods().items() if self.terms.at_end(p).program.tier]
        return [label for label, period in found if takes_part(self.reckoning, period)]

    def standing(self, label: str) -> Standing[N]:
        return standing(self.reckoning, self.tier_periods()[label])

    def reached_at_end(self) -> str:
        """The tier that the figures of the last period reach; empty without tiers. No more is worked out for it."""
        labels = self.standing_keys()
        if not labels:
            return ""
        period = self.tier_periods()[labels[-1]]
        return reached(self.reckoning, self.terms.at_end(period), period)

    def statement_keys(self) -> dict[str, Period]:
        """From the first fact on; from an earlier entry, too: what was posted stays, though its fact went elsewhere."""
        calendar, first = self.reckoning.calendar, self.reckoning.opening
        if first is None:
            moved = min((e.period.start for e in self.book.entries), default=self.reckoning.first)
            first = min(self.reckoning.first, max(moved, self.terms.versions[0].start))
        return {p.label: p for p in calendar.between(first, self.reckoning.as_of, self.terms.statements)}

    def statement(self, label: str) -> Statement[N]:
        return self.book.statement(self.statement_keys()[label])
