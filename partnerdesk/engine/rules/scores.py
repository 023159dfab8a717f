"""The weighted score: parts on scales, nested, capped, with minimums; tracks; scopes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from partnerdesk.engine.rules.filters import Where
from partnerdesk.engine.rules.keys import MODES, UNITS, key


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    at: Decimal = key("Measured value")
    points: Decimal = key("Points (or multiplier) it gives")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorePart:
    """One metric of a score, or a category with parts of its own (whose weighted sum is measured in points)."""

    metric: str = key("Name of a metric; empty for a category", "")
    says: str = key("Name of a category", "")
    parts: tuple["ScorePart", ...] = key(
        "Parts of a category; their weights together are 100, but for those that count as points", ()
    )
    weight: Decimal = key("Weight; the weights of a score together are what it counts to (`out_of`)", Decimal(0))
    scale: tuple[Point, ...] = key("Measured value to points 0..100; straight lines between, flat outside", ())
    is_stepped: bool = key(
        "The scale's points hold from a value to the next, without lines; none below the first", False
    )
    as_points: bool = key(
        "The metric's value (a category's sum) is points already and is added as it is; it has no weight or scale",
        False,
    )
    at_most: Decimal | None = key("What it adds to the score is at most this; more is lost", None)
    minimum: Decimal | None = key("Points of its scale below which no tier above the lowest is reached", None)
    more_than: Decimal | None = key("Points of its scale that must be exceeded for a tier above the lowest", None)
    target: Decimal | None = key("Measured value that the plan aims at", None)


def every_part(parts: Sequence[ScorePart]) -> Iterator[ScorePart]:
    """The parts and all parts inside them."""
    for part in parts:
        yield part
        yield from every_part(part.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """Another set of parts for the same score."""

    name: str = key("Name of the track")
    parts: tuple[ScorePart, ...] = key("Its weighted parts")
    partner: Where = key("For `assigned`: the partners that it applies to; the first that fits is taken", ())
    enrolled: bool = key(
        "For `assigned`: only for partners whose enrolment of the period's last day, or of the as-of day while it "
        "runs, names this `track`",
        False,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreRule:
    says: str = key("Its name for people", "Score")
    reference: str = key("Clause", "")
    every: str = key("How often it is taken", "quarter", UNITS)
    out_of: Decimal = key("What full points in every part add up to", Decimal(100))
    parts: tuple[ScorePart, ...] = key("Its weighted parts; none where there are tracks", ())
    track: tuple[Track, ...] = key("Alternative sets of parts", ())
    choose: str = key(
        "Which track counts: the best one, of those that meet their minimums if any does; or the one a partner is "
        "assigned to, without one the score is 0",
        "best",
        ("best", "assigned"),
    )
    scope: str = key(
        "Attribute by which it is taken apart (a region, a product family): one score for each value among the "
        "partner's facts up to the period's end, made of the facts of that value; kinds without the attribute count in "
        "each, and a partner without any such fact has one score",
        "",
        example='"customer.country"',
    )
    combine: str = key(
        "How the scores of the scopes become one; minimums hold in the scope that counts, with mean and sum in each",
        "greatest",
        ("greatest", "least", "mean", "sum"),
    )
    decimals: int = key("Decimals the score is rounded to; scores of scopes are put together before", 1)
    mode: str = key("How it is rounded", "half-up", MODES)
