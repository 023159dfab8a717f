"""One version of a program as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from partnerdesk.engine.fiscal import PATTERNS, THIRTEEN, USUAL, WEEKDAYS, FiscalYear, Weeks
from partnerdesk.engine.rules.earnings import Earning
from partnerdesk.engine.rules.funds import Benefit, Fund
from partnerdesk.engine.rules.governance import Benchmark, Clause, Disputes, Eligibility, Module, Stage, Transition
from partnerdesk.engine.rules.keys import UNITS, internal, key
from partnerdesk.engine.rules.limits import Cap, Holdback, SafetyNet
from partnerdesk.engine.rules.metrics import Metric
from partnerdesk.engine.rules.money import Exchange, Rounding, Settlement
from partnerdesk.engine.rules.scores import ScoreRule
from partnerdesk.engine.rules.tiers import TierPolicy, TierRule


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """One figure that a case expects."""

    figure: str = key("Name of the figure, as `evaluate --explain` takes it, or a short one: see the reference")
    partner: str = key("Id of the partner; the case's only one by default", "")
    period: str = key("Label of the period, such as 2026Q3; the last one by default", "")
    value: Decimal | None = key("Exact value", None)
    text: str = key("Exact text, for a tier or a stage", "")
    day: date | None = key("Exact day", None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A worked case: facts and the figures they must give; run on every change.

    Its figures are those of the version in whose text it stands, and of the versions before it where they still apply:
    no later version changes them. What a later version does to older facts (because it is retroactive, or for new
    streams only) is shown by a case in that version's own text.
    """

    says: str = key("What it shows")
    source: str = key("Where the figures were published, or how they were derived by hand", "")
    as_of: date = key("Day of the evaluation")
    covers: tuple[str, ...] = key(
        "Rules that it works out beside those that its figures name, by key: earning.upfront", ()
    )
    facts: Mapping[str, Any] = key("Tables of facts by kind, rows as in a facts file", {})
    expect: tuple[Expected, ...] = key("The figures", ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Included:
    """Definitions that became a part of this text; written by PartnerDesk, not by hand."""

    version: str = key("Their version")
    sha256: str = key("Hash of their text", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class FiscalWeeks:
    """How a fiscal year of whole weeks is laid out. Its twelve months make quarters of 13 weeks, but for the one that
    takes week 53; or its months are thirteen periods of four weeks (`periods`).

    A year that ends on the last Saturday of July is { ends_on = "Saturday" } with fiscal_year_starts = "08-01"; one
    that ends on the Friday nearest to 31 January is { ends_on = "Friday", ends = "nearest" } with "02-01".
    """

    ends_on: str = key("The weekday on which every year ends, and every month", choices=WEEKDAYS)
    ends: str = key(
        "Which of these weekdays: the last one up to the day before `fiscal_year_starts`, or the one nearest to it, "
        "which may come up to three days later",
        "last",
        ("last", "nearest"),
    )
    quarter: str = key("Weeks of the three months of each quarter", "4-4-5", tuple(PATTERNS))
    periods: str = key(
        "The year has thirteen months of four weeks in place of twelve by `quarter`: how many of them each quarter "
        "has. A half-year is two quarters",
        "",
        ("", *THIRTEEN),
    )
    week_53: int | None = key(
        "In a year of 53 weeks, which of its months from 1 on has one week more; the last one by default", None
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """One version of a program: immutable, readable alone, found by the date it takes effect."""

    program: str = key("Identifier, the same in all versions")
    version: str = key("Name of the version")
    effective_from: date = key("First day of this version")
    name: str = key("Name for people", "")
    vendor: str = key("Who pays", "")
    note: str = key("Why this version exists", "")
    source: tuple[str, ...] = key("Where its rules were published", ())
    open_points: tuple[str, ...] = key("What the source leaves open, and what was assumed", ())
    include: tuple[str, ...] = key(
        "Shared definitions of metrics by name and version: of files beside this one, or those that PartnerDesk brings",
        (),
        example='["partner-health 1"]',
    )
    included: Mapping[str, Included] = key("What was included when this version was added to a book", {})
    currency: str = key("Currency of every amount in this text", "EUR")
    fiscal_year_starts: str = key(
        "First day of the fiscal (program) year, written as month and day. Its months begin on that day of each month, "
        "or on the last one of a month that has no such day; with `fiscal_weeks` it is the day that the weeks are laid "
        "out from",
        "01-01",
        example='"04-06"',
    )
    fiscal_year_named: str = key(
        "The calendar year that a fiscal year is named after: the one in which its last day falls (what begins on "
        "1 August 2026 is FY2027), or its first (FY2026), as `fiscal_year_starts` has them",
        "end",
        ("end", "begin"),
    )
    fiscal_weeks: FiscalWeeks | None = key(
        "A fiscal year of 52 or 53 whole weeks: its months are made of weeks", None, example='{ ends_on = "Saturday" }'
    )
    statements: str = key("How often statements close", "month", UNITS)
    rounding: Rounding = key("Rounding of lines", Rounding())
    exchange: Exchange = key("Which exchange rate", Exchange())
    settlement: Settlement = key("When the payable balance is paid", Settlement())
    disputes: Disputes = key("Dispute window", Disputes())
    eligibility: Eligibility = key("Conditions to join, to earn and to be paid", Eligibility())
    transition: Transition = key("To what this version applies", Transition())
    benchmark: Benchmark = key("What a partner may see of how the others do, without names", Benchmark())
    metric: Mapping[str, Metric] = key("Metrics by name", {})
    score: ScoreRule | None = key("The weighted score", None)
    tiers: TierPolicy = key("How tiers move", TierPolicy())
    tier: tuple[TierRule, ...] = key("Tiers from low to high", ())
    earning: Mapping[str, Earning] = key("Earnings by name, in order", {})
    cap: Mapping[str, Cap] = key("Caps by name, in order", {})
    safety_net: Mapping[str, SafetyNet] = key("Safety nets by name", {})
    holdback: Mapping[str, Holdback] = key("Holdbacks by name", {})
    fund: Mapping[str, Fund] = key("Funds for joint work by name", {})
    benefit: Mapping[str, Benefit] = key("What is said of tiers' benefits, by name", {})
    module: Mapping[str, Module] = key("Terms for some partners", {})
    clause: Mapping[str, Clause] = key("What is agreed beside the figures, by name and in order", {})
    stage: tuple[Stage, ...] = key("A partner's life in the program", ())
    example: tuple[Example, ...] = key("Worked cases", ())
    sha256: str = internal("")  # of the text
    from_module: tuple[tuple[str, str], ...] = internal(())  # rules by key that a module laid over it, and its name

    @property
    def fiscal_year(self) -> FiscalYear:
        """The fiscal year that the terms describe."""
        return _fiscal_year(self.fiscal_year_starts, self.fiscal_year_named, self.fiscal_weeks)


@lru_cache(maxsize=256)
def _fiscal_year(starts: str, named: str, rule: FiscalWeeks | None) -> FiscalYear:
    weeks = None
    if rule is not None:
        quarters = THIRTEEN.get(rule.periods, USUAL)
        longer = sum(quarters) if rule.week_53 is None else rule.week_53
        weeks = Weeks(WEEKDAYS.index(rule.ends_on), rule.ends == "nearest", PATTERNS[rule.quarter], longer, quarters)
    return FiscalYear(int(starts[:2]), int(starts[3:]), named, weeks)
