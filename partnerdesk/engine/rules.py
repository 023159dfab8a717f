"""The frozen types of a program version: what a rule can say. Reading and checking text is `program`'s business.

Every field's metadata carries the sentence of the format reference (`says`). Each decision a program must make is a
field with one default. Days of a stretch, bands and scales store a floor only: a value holds until the next floor.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

UNITS = ("month", "quarter", "half", "year")
AGGREGATES = ("sum", "count", "distinct", "mean", "median", "least", "greatest", "latest")
RETENTION = ("gross revenue", "net revenue", "logo")
MISSING = ("not evaluated", "zero")
SHAPES = ("full", "linear")


def _key(says: str, default: Any = ..., choices: tuple[str, ...] = (), example: str = "") -> Any:
    metadata = {"says": says, "choices": choices, "example": example}
    if default is ...:
        return field(metadata=metadata)
    if default == {}:
        return field(default_factory=dict, metadata=metadata, hash=False)
    return field(default=default, metadata=metadata)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Which days count, relative to the period that is evaluated."""

    months: int | None = _key("Length in months; none for the period itself", None)
    before: bool = _key("Ends on the day before the period instead of on its last day", False)
    years_ago: int = _key("Shifted back by so many years", 0)
    span: str = _key("period, months, year to date, ever or in force", "period")

    def __str__(self) -> str:
        if self.span != "months":
            words = {"period": "in the period", "in force": "in force at the period's end", "ever": "since ever"}
            text = words.get(self.span, self.span)
        elif self.before:
            text = f"{self.months} months before the period"
        else:
            text = f"trailing {self.months} months"
        return text + (", one year earlier" if self.years_ago == 1 else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """One condition on an attribute: `is` one of the values, or a bound."""

    attribute: str
    one_of: tuple[Any, ...] | None = None
    at_least: Any = None
    above: Any = None
    at_most: Any = None
    below: Any = None
    is_set: bool | None = None
    negated: bool = False


Where = tuple[Test, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MixPart:
    metric: str = _key("Name of a metric")
    weight: Decimal = _key("Its weight")


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """A number about a partner over a window: an aggregate of facts, or one made of other metrics."""

    says: str = _key("Its name for people")
    reference: str = _key("Clause of the program's text", "")
    of: str = _key("Kind of fact it aggregates", "")
    where: Where = _key("Which facts count", ())
    take: str = _key("Aggregate", "sum", AGGREGATES)
    value: str = _key("Attribute that is aggregated; for distinct, what must differ", "amount")
    day: str = _key("Attribute that places a fact in the window; the kind's usual day by default", "")
    until: str = _key("For `in force`: the attribute that ends it", "")
    window: Window = _key("Which days count", Window())
    ratio: tuple[str, str] | None = _key("Two metrics: the first divided by the second", None)
    growth: str = _key("A metric, compared with the same window a year earlier", "")
    growth_as: str = _key("share, ratio or amount", "share", ("share", "ratio", "amount"))
    minimum_base: Decimal = _key("Growth is not evaluated unless last year's value is above this", Decimal(0))
    retention: str = _key("Of contracts that ended in the window", "", ("", *RETENTION))
    mix: tuple[MixPart, ...] = _key("Weighted mean of metrics", ())
    unit: str = _key("Unit, where it is not the aggregate's own", "")
    minimum_rows: int = _key("Not evaluated below so many facts", 0)
    missing: str = _key("What no facts mean", "zero", MISSING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    at: Decimal = _key("Measured value")
    points: Decimal = _key("Points it gives; straight lines between, flat outside")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorePart:
    metric: str = _key("Name of a metric")
    weight: Decimal = _key("Weight; all weights together are 100")
    scale: tuple[Point, ...] = _key("Measured value to points 0..100")
    minimum: Decimal | None = _key("Points below which no tier above the lowest is reached", None)
    target: Decimal | None = _key("Measured value that the plan aims at", None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreRule:
    says: str = _key("Its name for people", "Score")
    reference: str = _key("Clause", "")
    every: str = _key("How often it is taken", "quarter", UNITS)
    parts: tuple[ScorePart, ...] = _key("Its weighted parts")
    decimals: int = _key("Decimals the score is rounded to, half up", 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """A requirement: on the score, a metric, a tier held before, or a group of needs."""

    score: bool = False
    metric: str = ""
    at_least: Decimal | None = None
    above: Decimal | None = None
    at_most: Decimal | None = None
    below: Decimal | None = None
    all: tuple["Need", ...] = ()
    any: tuple["Need", ...] = ()
    some: int = 0
    of: tuple["Need", ...] = ()
    partner: Where = ()
    says: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TierRule:
    name: str = _key("Name of the tier; tiers stand from low to high")
    requires: Need | None = _key("What must hold; nothing for the lowest tier", None)
    benefits: tuple[str, ...] = _key("What it brings", ())
    reference: str = _key("Clause", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class TierPolicy:
    every: str = _key("How often tiers are reviewed", "quarter", UNITS)
    moves: str = _key("Whether a person confirms a move", "automatic", ("automatic", "confirmed"))
    in_force: str = _key("The period in which a reached tier counts", "next period", ("same period", "next period"))
    reference: str = _key("Clause", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    floor: Decimal = _key("From this value on (inclusive)")
    rate: Decimal = _key("Rate")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bands:
    how: str = _key("How bands add up", ..., ("marginal", "whole amount"))
    steps: tuple[Step, ...] = _key("Floors and rates")
    by: str = _key("A metric whose value picks the band; the base itself by default", "")
    over: str = _key("Marginal bands go on through the bases of a whole period", "", ("", *UNITS))


@dataclass(frozen=True, slots=True, kw_only=True)
class RateEntry:
    rate: Decimal = _key("Rate")
    where: Where = _key("For events of this kind only", ())
    tier: tuple[str, ...] = _key("For these tiers only", ())
    from_months: int = _key("For customers at least so many months old", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """A rate: one number, or a table whose most specific matching entry wins, or bands."""

    entries: tuple[RateEntry, ...] = ()
    bands: Bands | None = None
    kind: str = "flat"  # flat, by_tier, by_age, entries, bands: how it was written, for the words


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    by_tier: Mapping[str, Decimal] = _key("Multiplier by tier", {})
    metric: str = _key("A metric whose value the scale turns into a multiplier", "")
    scale: tuple[Point, ...] = _key("Measured value to multiplier", ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Vest:
    share: Decimal = _key("Share of the line")
    at: str = _key("event, customer live, or first value", "event", ("event", "customer live", "first value"))
    after_months: int = _key("So many months later", 0)
    within_months: int | None = _key("The event must come within so many months", None)
    otherwise: str = _key("What happens when it does not", "forfeit", ("forfeit", "release"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Clawback:
    cause: str = _key("churned or refunded", "churned", ("churned", "refunded"))
    within_months: int = _key("Within so many months of the event")
    shape: str = _key("full, or linear: what is left of the window", "full", SHAPES)
    reference: str = _key("Clause", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Earning:
    says: str = _key("Its name for people")
    type: str = _key("Code on the statement: UPFRONT, RECURRING, MILESTONE, BONUS, REBATE ...")
    on: str = _key("What triggers it")
    reference: str = _key("Clause", "")
    every: str = _key("For `period end`: which period", "", ("", *UNITS))
    where: Where = _key("Which events count", ())
    when: Need | None = _key("What must hold in the period", None)
    base: str = _key("Attribute of the event", "")
    base_metric: str = _key("A metric, for `period end`", "")
    amount: Decimal | None = _key("A fixed amount instead of base and rate", None)
    rate: Rate | None = _key("Rate or rate table", None)
    factor: Factor | None = _key("Multiplier", None)
    tier_as_of: str = _key("Which tier counts", "event", ("event", "period start"))
    once_per: str = _key("Only the first event per customer or deal", "", ("", "customer", "deal"))
    vests: tuple[Vest, ...] = _key("Shares and when each becomes payable; at once by default", ())
    clawback: tuple[Clawback, ...] = _key("When it is taken back", ())
    note: str = _key("Why the rule exists", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap:
    says: str = _key("Its name for people", "Cap")
    reference: str = _key("Clause", "")
    of: tuple[str, ...] = _key("Earnings it covers")
    every: str = _key("Period it covers", "quarter", UNITS)
    at_most: Decimal = _key("Highest sum")
    cut: tuple[str, ...] = _key("Which earnings are cut first", ())


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyNet:
    says: str = _key("Its name for people", "Safety net")
    reference: str = _key("Clause", "")
    of: tuple[str, ...] = _key("Earnings it looks at")
    every: str = _key("Period it covers", "quarter", UNITS)
    at_least: Decimal = _key("Lowest sum")
    when: Need | None = _key("Who gets it", None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdback:
    says: str = _key("Its name for people", "Holdback")
    reference: str = _key("Clause", "")
    of: tuple[str, ...] = _key("Earnings it covers")
    share: Decimal = _key("Share that is held")
    every: str = _key("Rounded once on the sum of this period; per line when empty", "", ("", *UNITS))
    release_after: int = _key("Released at the end of the so-manieth period after")
    release_unit: str = _key("Unit of that period", "quarter", UNITS)
    when: Need | None = _key("What must hold in the period of the release", None)
    otherwise: str = _key("What happens when it does not hold", "forfeit", ("forfeit", "release"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounding:
    decimals: int = _key("Decimals of every line", 2)
    mode: str = _key("half-up, half-even, up, down, ceiling or floor", "half-up")


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    table: str = _key("Exchange table", "program")
    day: str = _key(
        "Rate of the event's day, or of the last day before its quarter", "event", ("event", "quarter start")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Disputes:
    within_days: int = _key("Days from issue in which a line may be disputed", 30)
    answer_days: int = _key("Days in which we answer", 20)


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """One version of a program: immutable, readable alone, found by the date it takes effect."""

    program: str = _key("Identifier, the same in all versions")
    version: str = _key("Name of the version")
    effective_from: date = _key("First day of this version")
    name: str = _key("Name for people", "")
    vendor: str = _key("Who pays", "")
    note: str = _key("Why this version exists", "")
    currency: str = _key("Currency of every amount in this text", "EUR")
    fiscal_year_starts: int = _key("Month in which the fiscal year starts", 1)
    statements: str = _key("How often statements close", "month", UNITS)
    rounding: Rounding = _key("Rounding of lines", Rounding())
    exchange: Exchange = _key("Which exchange rate", Exchange())
    disputes: Disputes = _key("Dispute window", Disputes())
    metric: Mapping[str, Metric] = _key("Metrics by name", {})
    score: ScoreRule | None = _key("The weighted score", None)
    tiers: TierPolicy = _key("How tiers move", TierPolicy())
    tier: tuple[TierRule, ...] = _key("Tiers from low to high", ())
    earning: Mapping[str, Earning] = _key("Earnings by name, in order", {})
    cap: tuple[Cap, ...] = _key("Caps", ())
    safety_net: tuple[SafetyNet, ...] = _key("Safety nets", ())
    holdback: tuple[Holdback, ...] = _key("Holdbacks", ())
    sha256: str = _key("Hash of the text", "")
