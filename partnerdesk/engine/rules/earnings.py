"""What a partner earns: which events, on what base, at what rate, for how long, and when it is taken back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from partnerdesk.engine.rules.filters import Where
from partnerdesk.engine.rules.keys import OWN_YEARS, UNITS, YEARS_OF, internal, key
from partnerdesk.engine.rules.money import Exchange
from partnerdesk.engine.rules.rates import Factor, Rate
from partnerdesk.engine.rules.tiers import Need
from partnerdesk.engine.rules.timing import Clawback, Vest

REGISTRATION = "registration"
OWN, THEIRS, DIFFERENCE = "own", "theirs", "difference"  # whose tier an override goes by
STREAMS = ("contract", "deal", "customer", "customer and product")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """Any kind of fact as a trigger, in place of a named one: it happens on the named day, once that is known."""

    fact: str = key("Kind of fact", example='"activity"')
    day: str = key(
        "A day of it that dates the event; a free attribute that holds one is written attributes.NAME. A fact whose "
        "text there is no day earns nothing, and is told with what did not count",
        example='"day"',
    )
    says: str = key("The event in words, as they follow “when”", "", example='"a demo is given"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """What is paid on. Usually just the attribute's name: base = "amount". Nothing is earned on a base of zero.

    It is taken in this order: the attribute, metric or amount by currency, `less`, `times`, `not_below`, `per`,
    `whole`. A base below zero takes back what one of its size earns.
    """

    attribute: str = key(
        "Attribute of the event: an amount, or a number of something. An amount of what it refers to, such as "
        "deal.amount, is in the currency of that",
        "",
    )
    metric: str = key("A metric of the event's period", "")
    by_currency: Mapping[str, Decimal] = key(
        "An amount for each event by its currency: a bounty of 500 USD or 450 EUR, each as it is written and never "
        "worked out from the other. One in another currency than the program's stands in the statement at its exchange "
        "rate; an event in a currency without an amount earns nothing",
        {},
        example="{ USD = 500, EUR = 450, JPY = 60_000 }",
    )
    currency: str = key(
        "With by_currency: the attribute that says the currency; the event's own by default",
        "",
        example='"partner.currency"',
    )
    less: str = key("Another amount of the event that is taken away; where it is not known, nothing is earned", "")
    times: str = key(
        "Another number of the event that it is multiplied by: the points of its product, a rate that was agreed for "
        "the one contract; where it is not known, nothing is earned. Only amounts of money are exchanged",
        "",
        example='"contract.attributes.uplift"',
    )
    not_below: Decimal | None = key("A lesser base counts as this", None)
    per: Decimal | None = key("Divided by this: a rate per 100, a year's amount per 12", None)
    whole: bool = key("Only whole ones count, after `per`: an amount for every full 1,000; rounded towards zero", False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """Another base at another rate, which bounds a line: 20 for each seat, where that is more than 5 % of the deal.

    It takes the credited share as a line does, and no multiplier. What takes back is bounded by its size; what pays is
    never bounded below zero. Where its base is not known nothing is earned, where no rate applies it bounds nothing.
    """

    base: Base = key("What it is worked out on, written as that of an earning", Base(), example='"seats"')
    rate: Rate = key("Rate or rate table, at the line's own tier; its bands go on through no period", example="20")


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """Which events of a series count, in order of (day, id): the first, the first five, all after the second.

    Counted are the events that pass `where`, `while_active`, `for_months` and `once_per`, in earlier versions too.
    """

    per: str = key(
        "What a series belongs to; an event without such a thing is a series of its own. `partner` is the one whose "
        "event it is, `tier` (with `tier reached`) the tier",
        "partner",
        ("partner", "customer", "deal", "contract", "product", "stream", "tier"),
    )
    first: int = key("From this one on, counted from 1; written `from`", 1)
    last: int | None = key("Up to this one; written `to`", None)
    over: str = key(
        "Counting starts anew in every such period; contract years are those of a series per contract, customer years "
        "of one per customer",
        "",
        ("", *UNITS, *OWN_YEARS, *YEARS_OF),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Earning:
    """One way to earn. `on` names the event, `base` and `rate` (or `amount`) say how much."""

    says: str = key("Its name for people")
    type: str = key("Code on the statement: UPFRONT, RECURRING, MILESTONE, BONUS, REBATE ...")
    on: str = key(
        "What triggers it: a named trigger; any fact on one of its days ({ fact = ..., day = ... }); `period end`; "
        "`tier reached`: the day on which a higher tier than the one before is in force; `earning`: each line of the "
        "earning that `earning` names"
    )
    trigger: Trigger | None = internal()
    reference: str = key("Clause", "")
    note: str = key("Why the rule exists, or what the source leaves open", "")
    every: str = key("For `period end`: which period, quarter by default; it is the event's period", "", ("", *UNITS))
    where: Where = key("Which events count", ())
    when: Need | None = key(
        "What must hold in the event's period: its statement's, or that which ends with `period end`", None
    )
    measured: str = key(
        "For which period its metrics are taken (those of when, base, rate and factor): the event's whole period, or "
        "that period up to the event's day, so that a window trails each single event",
        "period",
        ("period", "event"),
    )
    among: str = key(
        "Only events of what counts in this metric with groups, for the same period as `when`: a fee for those clients "
        "alone whose own spend reaches 10,000. What the metric's groups are by is read of the event",
        "",
        example='"large_clients"',
    )
    without: str = key(
        "No events of what counts in this metric with groups: a trailing until the client has paid back 5,000",
        "",
        example='"paid_back"',
    )
    of: str = key(
        "Whose events: the partner's own, or those of the partners directly below it (of which it is the parent)",
        "own",
        ("own", "sub-partners"),
    )
    level: int = key(
        'With of = "sub-partners": of those how many levels below: 1 for directly below it, 2 for those directly below '
        "these, and so on",
        1,
        example="2",
    )
    earning: str = key(
        'With on = "earning": the lines of this earning are the events and their amount is the base. Own lines count '
        'before caps; with of = "sub-partners", an override, those of the partners below after theirs',
        "",
    )

    base: Base = key("What is paid on: an attribute of the event, or a table", Base(), example='"amount"')
    exchange: Exchange | None = key(
        "Which exchange rate turns the base into the program's currency; the program's own rule by default", None
    )
    amount: Decimal | None = key("A fixed amount instead of base and rate", None)
    rate: Rate | None = key("Rate or rate table", None)
    factor: tuple[Factor, ...] = key("Multipliers; several are multiplied with each other", ())
    least: Decimal | Formula | None = key(
        "A line pays at least this, after multipliers and credit: an amount, or another base at another rate (the "
        "greater of two formulas); mirrored below zero, where it takes back or takes off at least this (a fee of a "
        "rate below zero). A base of zero has no line, and nothing to bound: for a fee of 500 in a month without sales "
        "let a metric be the greater of the two (`greatest_of`)",
        None,
    )
    most: Decimal | Formula | None = key(
        "A line pays at most this: an amount, or another base at another rate (the lesser of two formulas); mirrored "
        "below zero",
        None,
    )
    nothing_below: Decimal | None = key(
        "A line of less than this, up or down, pays nothing: claims under 100 are not paid. With increment_over what "
        "it would pay waits for the next one",
        None,
    )
    increment_over: str = key(
        "The line pays what the bases of this unit up to now earn together, at the event's tier and rate, less what "
        "its earlier lines paid before caps: a change of rate is made good at the next event",
        "",
        ("", *UNITS, *OWN_YEARS, "ever"),
    )
    increment_of: str = key(
        "With increment_over: the bases added up, or the event's base alone, which counts from the unit's first day "
        "already (a metric of the year to date)",
        "sum",
        ("sum", "latest"),
    )

    credit: str = key(
        "Of a deal that several are credited on: the own share of what a base earns, or full; a fixed amount in place "
        "of a rate is paid in full",
        "share",
        ("share", "full"),
    )
    tier_as_of: str = key(
        "Which tier counts: on the event's day, at the start or end of its period, at the start of its stream (it "
        "keeps its terms), at the stream's latest renewal, its start before the first one (new terms come with "
        "a renewal), or on the day on which its deal was registered, where that is known. Before the program's first "
        "day the first tier is held",
        "event",
        ("event", "period start", "period end", "stream start", "stream renewal", REGISTRATION),
    )
    tier_of: str = key(
        'With of = "sub-partners", whose tier counts: `own`, that of the partner who earns; `theirs`, that of the '
        "partner below; `difference`: what the rate for the own tier is above the rate that the same table has for "
        "theirs, and where that is nothing, nothing is earned. Without a rate for theirs the own one counts in full. A "
        "tier is held from the partner's first day until it leaves",
        OWN,
        (OWN, THEIRS, DIFFERENCE),
    )
    rules_as_of: str = key(
        "Which version's rule counts: on the event's day; at the start of its stream (frozen: it goes on for that "
        "stream when a later version changes or drops it); at the stream's latest renewal, its start before the first "
        "one (frozen up to then); or on the day on which its deal was registered. A stream is renewed when a contract "
        "of it begins that names another in renewal_of, and when one that was renewed goes on for a term",
        "event",
        ("event", "stream start", "stream renewal", REGISTRATION),
    )
    stream: str = key(
        "What a stream is; it begins with its first event of this earning, won deal or contract, whichever is first. "
        "An event without a contract belongs to its deal's stream",
        "contract",
        STREAMS,
    )
    for_months: int | None = key(
        "Only within so many months of the stream's start; the day so many months later is outside", None
    )
    while_active: bool = key(
        "Only while the customer has a contract with the partner in force: begun, not ended, not given up before", False
    )
    once_per: str = key(
        "Only the first event per customer or deal, in earlier versions too", "", ("", "customer", "deal")
    )
    count: Count | None = key("Only some events of a series", None)

    vests: tuple[Vest, ...] = key("Shares and when each becomes payable; at once by default", ())
    clawback: tuple[Clawback, ...] = key("When it is taken back", ())


def alone(rule: Earning, formula: Formula) -> Earning:
    """The earning that a formula would be by itself, without what else the rule pays."""
    return replace(
        rule, base=formula.base, rate=formula.rate, amount=None, factor=(), least=None, most=None, nothing_below=None
    )
