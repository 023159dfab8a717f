"""What an event earns per unit of its base: one rate, a table, bands; and multipliers on top."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from partnerdesk.engine.rules.filters import Where
from partnerdesk.engine.rules.keys import OWN_YEARS, UNITS, YEARS_OF, YEARS_SAY, internal, key
from partnerdesk.engine.rules.scores import Point
from partnerdesk.engine.rules.tiers import Need

HOW = ("marginal", "whole amount", "step on excess")
AGES = ("customer", "contract", "deal", "product", "stream")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A band: from its floor to the next one's."""

    floor: Decimal = key("From this value on; written `from`")
    rate: Decimal = key("Rate of what lies in the band (or of the whole)", Decimal(0))
    amount: Decimal = key(
        "A fixed amount for reaching the band, beside its rate; marginal bands pay those of all bands entered, each "
        "once where they go on",
        Decimal(0),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Bands:
    """Rates by size. Floors are given, so that bands can have no gap and no overlap.

    A table of its own, bands = { how = ..., steps = [] }, or right in the table of a rate or of a table's line, where
    `bands` says how: { bands = ..., steps = [] }.
    """

    how: str = key(
        "marginal: each slice at its own rate; whole amount: all of it at the rate of the band it reaches; step on "
        "excess: what lies above `excess_over` at the rate of the band reached, the rest at the first band's. A base "
        "below zero is mirrored",
        ...,
        HOW,
    )
    steps: tuple[Step, ...] = key("Floors, rates and amounts; nothing is earned below the first floor")
    edge: str = key(
        "A floor itself belongs to its band (from), or to the band below (above)", "from", ("from", "above")
    )
    by: str = key(
        "A metric whose value picks the band; the base itself by default. Nothing is earned where it is not evaluated. "
        "Marginal bands then cut the metric's value and the base is paid by the sum of slices x rates (a bonus paid by "
        "attainment)",
        "",
    )
    over: str = key(
        "Marginal bands go on through the bases of a whole period, in order of (day, id), that came under them and "
        "under no other entry of the table; a partner year begins each year on the day on which the partner joined, an "
        f"agreement year on that of its signature, {YEARS_SAY}. Where that day is not known it is the fiscal year",
        "",
        ("", *UNITS, *OWN_YEARS, *YEARS_OF, "ever"),
    )
    each: str = key(
        "With `over`: running sums are kept apart for each of these",
        "partner",
        ("partner", "customer", "contract", "deal", "product"),
    )
    floors_of: str = key(
        "What the floors of marginal bands count: bases; with `over` paid, what the earning's lines paid so far in "
        "that period, as they stand before caps and clawbacks, whichever entry of a table they are under, and what a "
        "partner taken over had earned by it; with `over` events, so that from = 10 is for the eleventh on; or a "
        'number of the event: "attributes.copies", "seats". A line that crosses a floor is split there: of what was '
        "paid, what is left of the band at its rate and the rest of the base at the next one's; of a number, the base "
        "in proportion to it. What was paid last is taken back first; a base below zero takes its number back. Of a "
        "fee whose rates are all below zero what was paid is what it took off: 20 % until 18,000 are taken in the year",
        "bases",
        example='"attributes.copies"',
    )
    paid_with: tuple[str, ...] = key(
        "With floors of what was paid: other earnings whose lines of earlier days count as well, as they stand before "
        "caps, of the same period and, with `each`, the same customer, contract, deal or product. Lines of one day do "
        "not count for each other, so that several earnings may each name the others",
        (),
        example='["renewals", "services"]',
    )
    floors_times: str = key(
        "Every floor, and `excess_over`, is multiplied by this number of the event, or of what it refers to: with "
        '`contract.attributes.advance` and floors 0 and 1, each = "contract" and over = "ever", the second band begins '
        "once the contract's advance is recouped. Below zero it counts as 0; where it is not known, nothing is earned",
        "",
        example='"contract.attributes.advance"',
    )
    excess_over: Decimal = key("With step on excess: what is paid at the first band's rate", Decimal(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class RateEntry:
    """One line of a rate table: one of rate, amount and bands.

    Of those that match, the one with the most conditions (tests of `where`, `tier`, and `when`) wins, then the one with
    the higher `from_months`, then the first.
    """

    rate: Decimal | None = key("Rate", None)
    amount: Decimal | None = key("A fixed amount in place of a rate", None)
    bands: Bands | None = key("Bands in place of a rate", None)
    where: Where = key("For events of this kind only", ())
    tier: tuple[str, ...] = key("For these tiers only", ())
    when: Need | None = key("Only where this holds in the event's period: a table by more than one metric", None)
    from_months: int = key("From so many whole months of age on", 0)
    says: str = key("Why it is so, in words", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """A rate: a number, { by_tier = {} }, { by_age = [] }, { entries = [] } or { bands = ..., steps = [] }.

    by_tier names every tier, with 0 for those that earn nothing; by_age is a list of { from_months = 6, rate = 0.10 }.
    A rate below zero takes off: a fee, a vendor's share. Caps do not limit that.
    """

    entries: tuple[RateEntry, ...] = key("The table", ())
    bands: Bands | None = key("Bands for every event", None)
    resolve: str = key(
        "Which matching entry wins: the one with the most conditions, the first, or the one that pays most",
        "most specific",
        ("most specific", "first", "greatest"),
    )
    age_of: str = key(
        "Whose age `from_months` counts, in whole months: of the customer or the product with it since the first "
        "contract or won deal, of the contract since its start, of the deal since it was won, of the stream",
        "customer",
        AGES,
    )
    otherwise: Decimal | None = key("Rate where no entry matches; the event does not count by default", None)
    kind: str = internal("flat")  # flat, by_tier, by_age, entries, bands: how it was written, for the words

    @property
    def all_bands(self) -> tuple[Bands, ...]:
        """Those for every event, and those of entries."""
        return tuple(found for found in (self.bands, *(entry.bands for entry in self.entries)) if found is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorEntry:
    """One line of a table of multipliers."""

    factor: Decimal = key("Multiplier")
    where: Where = key("For events of this kind only", ())
    tier: tuple[str, ...] = key("For these tiers only", ())
    when: Need | None = key("Only where this holds in the event's period", None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """A multiplier: by tier, by a metric on a scale, by a table, or by days of a year."""

    by_tier: Mapping[str, Decimal] = key("Multiplier by tier", {})
    metric: str = key("A metric whose value the scale turns into a multiplier; 1 where it is not evaluated", "")
    scale: tuple[Point, ...] = key("Measured value to multiplier; without one the metric is the multiplier", ())
    entries: tuple[FactorEntry, ...] = key("Table: the entry with the most conditions wins; 1 where none matches", ())
    days: str = key(
        "The days of the period in which this version is in force over the days of this unit: proration. With `period "
        "end` a version that ends inside a period is paid for its days, too, at that period's end",
        "",
        ("", *UNITS),
    )
    days_of: str = key(
        "Which days of the period count: those on which this version is in force; those on which the partner is in "
        "the program, from joining to leaving, both days included; or those of both",
        "version",
        ("version", "partner", "both"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedAmount:
    """An amount that holds from a day until the next one; `none` ends it: a lever for a stretch of days."""

    since: date | None = key("First day; written `from`; none for the beginning", None)
    amount: Decimal | None = key('The amount; "none" for no limit', None)
    metric: str = key("A metric of the period in place of an amount; no limit where it is not evaluated", "")
    attribute: str = key(
        "Of a cap that is kept apart (`per`): a number of that customer, contract, deal or product in place of an "
        "amount, such as a deal's amount or a free attribute of it. An amount of money is exchanged on the line's day; "
        "no limit where it is not known",
        "",
        example='"attributes.mrc"',
    )
    times: Decimal = key("With a metric or an attribute: multiplied by", Decimal(1))
    by_currency: Mapping[str, Decimal] = key(
        "Of a cap: amounts in other currencies, used for a line whose base is in that currency, at its exchange rate",
        {},
    )
