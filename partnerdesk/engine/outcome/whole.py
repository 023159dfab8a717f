"""All figures of one partner, and of an evaluation."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Generic, TypeAlias

from partnerdesk.engine.figure import Figure
from partnerdesk.engine.outcome.account import AtRisk, Exposure, Payout, Statement
from partnerdesk.engine.outcome.earned import EarningLine, Entry, N
from partnerdesk.engine.outcome.funds import BenefitView, FundAccount
from partnerdesk.engine.outcome.performance import CURRENT, MetricResult, Score, StageView, Standing
from partnerdesk.engine.problem import Problem


@dataclass(frozen=True, slots=True)
class PartnerOutcome(Generic[N]):
    """All figures of one partner. Mappings are keyed by period label; metrics by (metric, period label).

    `payouts` are keyed by `Payout.key`, `at_risk` by the id of the line, `exposures` by that of the customer,
    `stages`, `funds` and `benefits` by their names, as of the day; `funds_on` gives the funds of an earlier day,
    `tier_on` the tier in force on a day, empty under a version without tiers.
    """

    partner: str
    currency: str
    metrics: Mapping[tuple[str, str], MetricResult[N]]
    scores: Mapping[str, Score[N]]
    standings: Mapping[str, Standing[N]]
    lines: tuple[EarningLine[N], ...]
    entries: tuple[Entry[N], ...]
    statements: Mapping[str, Statement[N]]
    problems: tuple[Problem, ...] = ()
    payouts: Mapping[str, Payout[N]] = field(default_factory=dict)
    at_risk: Mapping[str, tuple[AtRisk[N], ...]] = field(default_factory=dict)
    exposures: Mapping[str, Exposure[N]] = field(default_factory=dict)
    stages: Mapping[str, StageView[N]] = field(default_factory=dict)
    funds: Mapping[str, FundAccount[N]] = field(default_factory=dict)
    benefits: Mapping[str, BenefitView] = field(default_factory=dict)
    funds_on: Callable[[date], Mapping[str, FundAccount[N]]] = field(default=lambda day: {}, repr=False, compare=False)
    tier_on: Callable[[date], str] = field(default=lambda day: "", repr=False, compare=False)

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
