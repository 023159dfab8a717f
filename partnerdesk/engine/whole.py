"""All figures of one partner, and of an evaluation."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Generic, TypeAlias

from partnerdesk.engine.figures.figure import Figure
from partnerdesk.engine.outcome.account import AtRisk, Exposure, Payout, Statement
from partnerdesk.engine.outcome.earned import EarningLine, Entry, N
from partnerdesk.engine.outcome.funds import BenefitView, FundAccount
from partnerdesk.engine.outcome.performance import CURRENT, MetricResult, Score, StageView, Standing
from partnerdesk.engine.problem import Problem

if TYPE_CHECKING:
    from partnerdesk.engine.views import PartnerViews


@dataclass(frozen=True, slots=True)
class PartnerOutcome(Generic[N]):
    """All figures of one partner: lines and entries, and `views` of everything else, made when somebody looks."""

    partner: str
    currency: str
    lines: tuple[EarningLine[N], ...]
    entries: tuple[Entry[N], ...]
    problems: tuple[Problem, ...]
    views: "PartnerViews[Any]" = field(repr=False, compare=False)

    @property
    def metrics(self) -> Mapping[tuple[str, str], MetricResult[N]]:
        """By (metric, period label)."""
        return self.views.metrics

    def metric_in(self, name: str, label: str) -> MetricResult[N]:
        """A metric in any month, quarter, half or year of the partner's, by its label. Raises KeyError for others."""
        return self.views.metric_in(name, label)

    @property
    def scores(self) -> Mapping[str, Score[N]]:
        """By period label."""
        return self.views.scores

    @property
    def standings(self) -> Mapping[str, Standing[N]]:
        """By period label."""
        return self.views.standings

    @property
    def statements(self) -> Mapping[str, Statement[N]]:
        """By period label."""
        return self.views.statements

    @property
    def payouts(self) -> Mapping[str, Payout[N]]:
        """By `Payout.key`."""
        return self.views.payouts

    @property
    def at_risk(self) -> Mapping[str, tuple[AtRisk[N], ...]]:
        """By the id of the line."""
        return self.views.at_risk

    @property
    def exposures(self) -> Mapping[str, Exposure[N]]:
        """By the id of the customer."""
        return self.views.exposures

    @property
    def stages(self) -> Mapping[str, StageView[N]]:
        """By name, as of the day."""
        return self.views.stages

    @property
    def funds(self) -> Mapping[str, FundAccount[N]]:
        """By name, as of the day."""
        return self.views.funds

    @property
    def ruled_funds(self) -> frozenset[str]:
        """The names of all funds that some version of the partner's terms has."""
        return frozenset(name for version in self.views.terms.versions for name in version.program.fund)

    @property
    def benefits(self) -> Mapping[str, BenefitView]:
        """By name, as of the day."""
        return self.views.benefits

    def funds_on(self, day: date) -> Mapping[str, FundAccount[N]]:
        """The funds of an earlier day."""
        return self.views.funds_on(day)

    def tier_on(self, day: date) -> str:
        """The tier in force on a day; empty under a version without tiers."""
        return self.views.tier_on(day)

    def why_idle(self, line: str) -> str:
        """Why a rule has no line at the end of a period, by the name that it would have; "" for any other name."""
        return self.views.why_idle(line)

    def reached_at_end(self) -> str:
        """The tier that the figures of the last period reach; empty without tiers."""
        return self.views.reached_at_end()

    @property
    def stage(self) -> str:
        """The stage that the partner is in; empty without stages, or where all are done."""
        return next((view.name for view in self.stages.values() if view.state == CURRENT), "")


Outcome: TypeAlias = PartnerOutcome[Decimal]
Traced: TypeAlias = PartnerOutcome[Figure]


@dataclass(frozen=True, slots=True)
class Evaluation(Generic[N]):
    """The outcome of a program on facts as of a day."""

    program: str
    version: str
    program_hash: str
    as_of: date
    partners: Mapping[str, PartnerOutcome[N]]
    problems: tuple[Problem, ...] = field(default=())
