"""One version of a program as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

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
    """A worked case: facts and the figures they must give; run on every change."""

    says: str = key("What it shows")
    source: str = key("Where the figures were published, or how they were derived by hand", "")
    as_of: date = key("Day of the evaluation")
    covers: tuple[str, ...] = key("Rules that it works out, by key: earning.upfront", ())
    facts: Mapping[str, Any] = key("Tables of facts by kind, rows as in a facts file", {})
    expect: tuple[Expected, ...] = key("The figures", ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Included:
    """Definitions that became a part of this text; written by PartnerDesk, not by hand."""

    version: str = key("Their version")
    sha256: str = key("Hash of their text", "")


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
    fiscal_year_starts: int = key(
        'First day of the fiscal (program) year, always that of a month, written "02-01"', 1, example='"02-01"'
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
