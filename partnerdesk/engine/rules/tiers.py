"""Tiers: what each requires, when and how far a partner moves, and what protects it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from partnerdesk.engine.rules.filters import Where
from partnerdesk.engine.rules.keys import UNITS, key

SINCE = ("joined", "agreement_signed")  # days of a partner that have anniversaries


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """A requirement: on the score, a metric, a tier in force, the partner itself, or a group of requirements.

    Written as { score = 75 }, { metric = "revenue", at_least = 1000 }, { tier = "Silver" },
    { partner = { type = "reseller" } }, { all = [...] }, { any = [...] }, { none = [...] },
    { at_least = 2, of = [...] }.
    """

    score: bool = key("The score is bounded; written as the bound itself, { score = 75 } for at least 75", False)
    metric: str = key("Name of a metric that is bounded", "")
    tier: str = key(
        "The partner holds this tier or a higher one at the period's end; in what a tier itself requires, before any "
        "move that the period's figures can bring: where one counts in the period itself, on the day before it",
        "",
    )
    partner: Where = key("Attributes of the partner", ())
    at_least: Decimal | None = key("At least, inclusive", None)
    above: Decimal | None = key("More than, exclusive", None)
    at_most: Decimal | None = key("At most, inclusive", None)
    below: Decimal | None = key("Less than, exclusive", None)
    all: tuple["Need", ...] = key("Every one of these holds", ())
    any: tuple["Need", ...] = key("At least one of these holds", ())
    none: tuple["Need", ...] = key("None of these holds; with `any`, a condition: any of [none = [A], B]", ())
    of: tuple["Need", ...] = key("At least so many (`at_least`) of these hold", ())
    some: int = key("How many of `of`; written at_least", 0)
    for_periods: int = key(
        "It held in each of so many periods in a row, the last one included: sustained attainment; periods before the "
        "partner's first one are measured on the facts there are",
        1,
    )
    says: str = key("In words, where the words made of the rule do not serve", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class TierRule:
    name: str = key("Name of the tier; tiers stand from low to high")
    requires: Need | None = key("What must hold; nothing for the lowest tier", None)
    benefits: tuple[str, ...] = key("What it brings", ())
    reference: str = key("Clause", "")
    note: str = key("What the source leaves open", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class TierMoves:
    """How partners move in one direction, review by review.

    A review compares the tier that the figures reach with the one in force on the day its move would take effect. A
    move that is still to take effect falls away when a later review no longer calls for it, and when another move
    takes effect before it.
    """

    every: str = key("How often this direction is reviewed; as often as tiers are by default", "", ("", *UNITS))
    moves: str = key(
        "automatic, confirmed by a person, or never by the figures (a person may decide it all the same); as the "
        "policy by default",
        "",
        ("", "automatic", "confirmed", "never"),
    )
    in_force: str = key(
        "The period in which a reached tier counts, in this direction; as the policy by default",
        "",
        ("", "same period", "next period"),
    )
    lag_months: int = key("A move takes effect so many months after the day it would by `in_force`", 0)
    on_anniversary_of: str = key(
        "A move takes effect on the next anniversary of this day of the partner, the day that it would otherwise "
        "included; where the day is not known, as if this were not said",
        "",
        ("", *SINCE),
    )
    step: int = key("At most so many tiers at once; 0 for any", 0)
    grace_months: int = key(
        "No move takes effect in the first so many months after the partner joined; none where that is not known", 0
    )
    not_before: date | None = key("No move takes effect before this day: grace under a new set of rules", None)
    notice_periods: int = key(
        "Only when so many reviews in a row called for it, and only to the tier that all of them reach; counted anew "
        "after a move",
        1,
    )
    kept_months: int = key(
        "No move takes effect in the first so many months after the tier was entered, for the first tier after the "
        "partner joined",
        0,
    )
    kept_again: bool = key(
        "With kept_months: a tier is held for so many months, and for as many again each time they end. A move takes "
        "effect only with the first review that counts from such an end on: a status of 12 months is renewed for 12",
        False,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TierPolicy:
    every: str = key("How often tiers are reviewed", "quarter", UNITS)
    moves: str = key(
        "Whether a person confirms a move. What persons decide counts where not both directions are automatic; a "
        "decision for a tier that this version does not have counts as one for the lowest",
        "automatic",
        ("automatic", "confirmed"),
    )
    in_force: str = key(
        "The period in which a reached tier counts: that of the figures, from its first day on, or the one after it; "
        "a move that a person confirms counts from the period after",
        "next period",
        ("same period", "next period"),
    )
    up: TierMoves = key("How partners move up", TierMoves())
    down: TierMoves = key(
        "How partners move down; where both directions are reviewed on one day, down comes first", TierMoves()
    )
    start: str = key(
        "Tier of a partner before its first review: that of the first period in the program. By default the lowest, "
        "and facts from before the program count in a review of the period before",
        "",
    )
    qualifies_for: int = key(
        "A tier reached in any of so many periods, the last one included, counts as reached: sticky qualification", 1
    )
    whose: str = key(
        "Whose tier decisions count, where persons decide: `own`, the partner's; `group`, also those for the one at "
        "the top of its tree, which hold for all below it. The later decision stands, of one day the partner's own. By "
        "default `group` where all that decides on a tier is measured of the group (`whose` of each metric of the "
        "requirements and of the score) and nothing is asked of the partner itself, else `own`",
        "",
        ("", "own", "group"),
    )
    reference: str = key("Clause", "")
