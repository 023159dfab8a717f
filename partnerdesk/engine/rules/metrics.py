"""What a metric can be: an aggregate of facts, or a number made of other metrics."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from partnerdesk.engine.rules.filters import Keep, Where, Window
from partnerdesk.engine.rules.keys import MODES, key

AGGREGATES = ("sum", "count", "distinct", "mean", "median", "least", "greatest", "latest")
RETENTION = ("gross revenue", "net revenue", "logo")
BASES = ("due", "in force", "acquired", "active")
MISSING = ("", "zero", "not evaluated", "blocks")
# The keys of which a metric has exactly one.
WAYS = (
    *("of", "ratio", "growth", "retention", "mix", "total", "product"),
    *("greatest_of", "least_of", "series", "power", "fixed", "months_since"),
)
WHOSE = ("own", "sub-partners", "all below", "own and sub-partners", "branch", "group")
OVER = ("mean", "median", "sum", "least", "greatest", "latest", "count")


@dataclass(frozen=True, slots=True, kw_only=True)
class MixPart:
    metric: str = key("Name of a metric")
    weight: Decimal = key("Its weight; weights are relative")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A metric times a number: a summand of a total, or what a group counts at most."""

    metric: str = key("Name of a metric")
    times: Decimal = key("Multiplied by; in a total -1 takes it away", Decimal(1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Multiple:
    """A multiplier for facts; of several that match, the one with the most conditions wins, then the first."""

    factor: Decimal = key("Multiplier, or points per unit", Decimal(1))
    attribute: str = key(
        "A number of the fact, or of what it refers to, that it is multiplied by as well: the points of its product; "
        "where that is not known it counts 0",
        "",
        example='"product.attributes.points"',
    )
    where: Where = key("For these facts only", ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A metric of its own for every part of the window, put together: a rolling mean, the least month of a quarter.

    The other metric is taken for each part as if that were the period, so its window is "period", or "in force" for a
    stock at each end. Parts before the partner joined, or before its first business if that is not known, do not
    count: a short history is averaged over what there is. Nor do parts that are not evaluated, or have not begun (but
    those of a window “next”). “Ever” begins where neither is known with the first fact that the program's metrics
    count. Where parts are measured but none lies inside the bounds, their sum and count are 0.
    """

    metric: str = key("Name of a metric that is taken for each part")
    each: str = key("Which parts", "month", ("month", "quarter", "half", "year"))
    take: str = key("How the parts are put together", "mean", OVER)
    keep: Keep | None = key("Only these parts count, by their values", None, example="{ best = 3 }")


@dataclass(frozen=True, slots=True, kw_only=True)
class Power:
    metric: str = key("Name of a metric")
    to: int = key("Exponent, 1 or more")


@dataclass(frozen=True, slots=True, kw_only=True)
class Each:
    """What each fact counts before it is put together: a loss with at most 100,000, an amount in full units.

    After the unit (`per`) and the credited share, before multipliers (`times`).
    """

    not_below: Decimal | None = key("A lesser value counts as this", None)
    not_above: Decimal | None = key("A greater value counts as this", None)
    decimals: int | None = key("Rounded to so many decimals; exact by default", None)
    mode: str = key("How it is rounded", "half-up", MODES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """The facts in groups by an attribute, each with its own aggregate: people with two certificates each.

    With `growth` the facts are those of the metric that grows, and each group has its own growth, where it is
    evaluated: customers that bought 10 % more than a year before. One with facts in either window alone has grown from
    nothing, or to nothing. Facts that count nothing (with `distinct`, those without the value) make no group. Where
    there is none, the other metrics that are named here do not matter, even if they could not be evaluated.
    """

    by: str = key(
        "Attribute whose values make the groups; a fact without one is in none. `leg` makes one group of each branch "
        "below the partner whose tree it is (with `whose` of a group the one at its top): of a partner directly below "
        "it and all below that one; its own facts are a leg by themselves",
        example='"person"',
    )
    not_above: Decimal | Term | None = key(
        "A group whose aggregate is greater counts with this, in `keep` as well: 5000, where of 10,000 that a tier "
        "requires at most half may come from any one leg; or a metric times a number, which bounds nothing where it is "
        "not evaluated",
        None,
    )
    keep: Keep | None = key("Only these groups count, by their aggregates", None)
    take: str = key(
        "What is made of the groups that count; of none their count and sum are 0",
        "count",
        ("count", "sum", "mean", "least", "greatest"),
    )
    among: str = key("Only groups that count in this other metric with groups", "")
    without: str = key("Only groups that do not count in this other metric with groups", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """A number about a partner over a window.

    It is made in exactly one way: `of` (an aggregate of facts), `ratio`, `growth`, `retention`, `mix`, `total`,
    `product`, `greatest_of`, `least_of`, `series`, `power`, `fixed`, or `months_since`.
    """

    says: str = key("Its name for people", example='"Joint revenue, 12 months"')
    reference: str = key("Clause of the program's text", "")
    note: str = key("What the source leaves open, or why it is so", "")

    of: str = key(
        "Kind of fact it aggregates; `earning` aggregates the lines of this program's earnings, before caps, by their "
        "event's day: they have earning (its name), type, amount, customer, product, deal and contract. `tier_held` "
        "aggregates the tiers that partners below hold: each has partner, tier, start (the day it was entered, or the "
        "partner's first) and end (the day before the next one, or the day on which the partner left). They are "
        "counted, placed by their start; with window `in force` those held on the last day",
        "",
    )
    whose: str = key(
        "Whose facts count: the partner's own; those of the partners directly below it (of which it is the parent), of "
        "all that stand below it, down to the last; or these with its own: `branch` is the partner and all below it, "
        "`group` the one at the top of its tree and all below that, the same number for each of them. "
        "A deal that several of them are credited on counts once, with their shares together; windows, units and "
        "exchange are the partner's own. Of earnings the lines of partners below count after their caps; those of a "
        "group cannot be counted",
        "own",
        WHOSE,
        example='"branch"',
    )
    where: Where = key("Which facts count", (), example='{ status = "won", customer.country = ["DE", "AT"] }')
    take: str = key("Aggregate; distinct counts different values; latest is the last by day", "sum", AGGREGATES)
    value: str = key("Attribute that is aggregated; for distinct, what must differ", "amount")
    day: str = key(
        "Attribute that places a fact in the window; the kind's usual day by default. A free attribute that holds a "
        "day is written attributes.NAME",
        "",
    )
    until: str = key(
        "For `in force`: the attribute that ends it, its day included; by default expires of a certification, ended of "
        "a contract, closed of a case, else end",
        "",
    )
    window: Window = key("Which days count", Window(), example='"trailing 12 months"')
    per: Mapping[str, Decimal] = key(
        "Value of one unit by currency: an amount is divided by the entry of its own currency instead of exchanged, "
        "so that the metric counts units (points per 100 USD); an amount in any other currency cannot be counted",
        {},
        example="{ USD = 100, EUR = 88 }",
    )
    times: tuple[tuple[Multiple, ...], ...] = key(
        "Tables of multipliers for each fact; each table gives one, a fact that no entry fits counts 0. With count and "
        "distinct a fact (the first of each value) counts its multipliers instead of 1",
        (),
        example='[[{ factor = 5, where = { role = "sourced" } }, { factor = 1 }]]',
    )
    credit: str = key(
        "Of the amount of a deal that several partners are credited on: the own share, or full",
        "share",
        ("share", "full"),
    )
    adjustments: str = key(
        "Manual adjustments that count with a sum of money, by their day: those flagged for tier, for attainment, for "
        "either, or none; with `where` only those that correct a line or fact that counts. By default a sum of "
        "earnings counts those flagged for what it is used for (tier and score, or earnings), any other sum none",
        "",
        ("", "none", "tier", "attainment", "either"),
    )
    each: Each | None = key("Bounds and rounding of each fact's own value", None)
    groups: Groups | None = key("Aggregates, or growth, by group first", None)

    ratio: tuple[str, str] | None = key("Two metrics: the first divided by the second", None)
    growth: str = key(
        "A metric, compared with an earlier window; with `groups` group by group, of a metric that aggregates facts", ""
    )
    growth_as: str = key(
        "share: increase over then; ratio: now over then; amount: increase", "share", ("share", "ratio", "amount")
    )
    growth_from: str = key(
        "What it is compared with: the same window, its days so many months before; one of days keeps its length",
        "a year before",
        ("a year before", "the period before"),
    )
    minimum_base: Decimal = key(
        "Growth is not evaluated unless the earlier value is above this, and as share or ratio never from zero. As "
        "amount -1 counts from nothing, too: customers that are new",
        Decimal(0),
    )
    retention: str = key("Retention of recurring revenue or of customers (logo)", "", ("", *RETENTION))
    retention_of: str = key(
        "due: contracts that ended in the window with a known outcome, and for revenue known amounts, exchanged then; "
        "in force: customers with a contract at the window's first day, what they are worth at its end; acquired: "
        "customers won in the window that still have a contract at its end; active: customers with a contract at its "
        "end, of all who had one in the window. A contract that was renewed goes on for a term as long at its new "
        "amount (the old one where that is not known), unless another one names it in renewal_of; customers' amounts "
        "are exchanged on the window's last day",
        "due",
        BASES,
    )
    mix: tuple[MixPart, ...] = key("Weighted mean of metrics; one not evaluated leaves its weight to the others", ())
    total: tuple[Term, ...] = key("Sum of metrics, each times a number; not evaluated where one is not", ())
    product: tuple[str, ...] = key("Metrics multiplied; not evaluated where one is not", ())
    greatest_of: tuple[str, ...] = key("The greatest of metrics that are evaluated", ())
    least_of: tuple[str, ...] = key("The least of metrics that are evaluated", ())
    series: Series | None = key("A metric over the parts of the window", None)
    power: Power | None = key("A metric to a power: yearly retention from monthly", None)
    fixed: Decimal | None = key("A number of the program", None)
    months_since: str = key(
        "Whole months from a day of the partner to the period's end, 0 before it",
        "",
        ("", "joined", "agreement_signed"),
    )

    not_below: Decimal | None = key("A lesser value counts as this", None)
    not_above: Decimal | None = key("A greater value counts as this", None)
    decimals: int | None = key("Rounded to so many decimals; exact by default", None)
    mode: str = key("How it is rounded", "half-up", MODES)
    unit: str = key("Unit, where it is not the aggregate's own: %, points, a noun", "")
    minimum_rows: int = key("Below so many facts (with distinct: values) there is nothing to measure", 0)
    missing: str = key(
        "What it is when there is nothing to measure: zero, not evaluated (earns no points, meets no requirement), or "
        "blocks (not evaluated, and no tier above the lowest is reached). By default an aggregate of facts is zero, "
        "anything else not evaluated; a ratio with zero below is `zero` only if this says so",
        "",
        MISSING,
    )


def ways_of(metric: Metric) -> list[str]:
    """The ways in which a metric is made: one, where it is sound."""
    return [way for way in WAYS if getattr(metric, way) not in ("", None, ())]
