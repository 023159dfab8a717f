"""Limits over many lines, and money that is kept back."""

from dataclasses import dataclass
from decimal import Decimal

from partnerdesk.engine.rules.keys import OWN_YEARS, UNITS, YEARS_OF, YEARS_SAY, key
from partnerdesk.engine.rules.rates import DatedAmount
from partnerdesk.engine.rules.tiers import Need

COUNTS, MAKES_ROOM = "counts", "makes room"  # what is clawed back of lines that a limit looks at
# What lines are kept apart by.
OWNERS = ("partner", "customer", "contract", "deal", "product")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap:
    says: str = key("Its name for people", "Cap")
    reference: str = key("Clause", "")
    note: str = key("Why it exists", "")
    of: tuple[str, ...] = key("Earnings it covers")
    every: str = key(
        "Period it covers; a partner year begins each year on the day on which the partner joined, an agreement year "
        f"on that of its signature, {YEARS_SAY}; where that day is not known, with the fiscal year",
        "quarter",
        (*UNITS, *OWN_YEARS, *YEARS_OF, "ever"),
    )
    per: str = key(
        "Kept apart for each of these; lines without a customer, contract, deal or product are then not limited",
        "partner",
        OWNERS,
    )
    at_most: tuple[DatedAmount, ...] = key(
        "Highest sum: a number, a metric times a number ({ metric = ..., times = ... }), with `per` a number of what "
        "it is kept apart for ({ attribute = ..., times = 6 }: six times a deal's own), or dated amounts of which "
        '"none" ends a limit. Lines count as they were earned; a line below zero (a credit note) makes room',
        example="40_000",
    )
    taken_back: str = key(
        "What a clawback takes back of a line counts all the same; or it makes room for lines of that day and later "
        "ones of the period, as far as the cap had left the line. A clawback of what is held alone makes none",
        COUNTS,
        (COUNTS, MAKES_ROOM),
    )
    cut: tuple[str, ...] = key(
        "Lines are paid in order of day until the cap is reached; of one day, those of these earnings come last, the "
        "first named at the very end",
        (),
    )
    when: Need | None = key(
        "Only in periods in which this holds: the cap's own, or each statement's for a cap that counts for ever or by "
        "years of the partner's, a contract's or a customer's own; as with a metric in `at_most`",
        None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyNet:
    says: str = key("Its name for people", "Safety net")
    reference: str = key("Clause", "")
    note: str = key("Why it exists", "")
    of: tuple[str, ...] = key("Earnings it looks at")
    every: str = key("Period it covers", "quarter", UNITS)
    per: str = key(
        "Looked at for each of these that has lines in the period: at least 5 for each deal. Lines without a customer, "
        "contract, deal or product are then not looked at",
        "partner",
        OWNERS,
    )
    at_least: tuple[DatedAmount, ...] = key("Lowest sum, written like a cap's")
    taken_back: str = key(
        "What a clawback takes back of the lines up to the period's end counts as earned; or it makes room, and is "
        "topped up as what was never earned. A clawback of what is held alone always counts",
        COUNTS,
        (COUNTS, MAKES_ROOM),
    )
    when: Need | None = key("Who gets it", None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdback:
    says: str = key("Its name for people", "Holdback")
    reference: str = key("Clause", "")
    note: str = key("Why it exists", "")
    of: tuple[str, ...] = key("Earnings it covers")
    share: Decimal = key("Share that is held")
    every: str = key("Rounded once on the sum of this period; per line when empty", "", ("", *UNITS))
    release_after: int = key("Released at the end of the so-manieth period after")
    release_unit: str = key("Unit of that period", "quarter", UNITS)
    when: Need | None = key("What must hold in the period of the release", None)
    otherwise: str = key("What happens when it does not hold", "forfeit", ("forfeit", "release"))
