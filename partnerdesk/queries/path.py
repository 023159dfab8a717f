"""A partner's ways to a tier: which tier and by when unless somebody says, what can be done, what it takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from partnerdesk.engine.outcome import Standing
from partnerdesk.engine.period import Period
from partnerdesk.engine.terms.versions import Terms, Version
from partnerdesk.errors import Refused
from partnerdesk.forecast.path import Paths, paths
from partnerdesk.forecast.path_money import Brings, PathMoney
from partnerdesk.forecast.ways import Way
from partnerdesk.queries.figures import needed_programs, outcome
from partnerdesk.queries.forecasts import learned_at
from partnerdesk.queries.settings import effort_weights
from partnerdesk.queries.statements.archive import posted_by
from partnerdesk.queries.unknown import no_partner

AHEAD = 4  # reviews that are offered


@dataclass(frozen=True, slots=True)
class PathView:
    """`reviews` are the periods by whose end one may ask for it, `tiers` the one in force, to be kept, and those above.

    `brings` says of each path what it earns. A tier that is reached counts from `counts_from`; it `is_decided` by a
    person where figures alone do not move it.
    """

    paths: Paths
    partner_name: str
    tier_today: str
    tiers: tuple[str, ...]
    reviews: tuple[Period, ...]
    counts_from: date
    is_decided: bool
    efforts: Mapping[str, Decimal]
    brings: tuple[Brings, ...]


def path_to(session: Session, partner: str, as_of: date, tier: str = "", until: date | None = None) -> PathView:
    """The ways to a tier (the next one by default) by the end of the last review up to a day (of the running one).

    Raises Refused where there is no such partner or tier, or no review by that day, or a later one than are looked at.
    """
    versions, learned = needed_programs(session), learned_at(session, as_of)
    row = next((p for p in learned.facts.of("partner") if p.id == partner), None)
    if row is None:
        raise no_partner(session, partner)
    standings = list(outcome(session, partner, as_of).standings.values())
    if not standings:
        raise Refused("The program has no tiers, or the partner takes no part in it.")
    terms = Terms(versions, as_of)
    reviews = _reviews(terms, as_of)
    review = _by(terms, reviews, until)
    version = Terms(versions, review.end).at_end(review)
    chosen = _tier(version, standings[-1], tier)
    efforts = effort_weights(session)
    up = version.tiers.directions[-1]
    way = Way(versions, learned, partner, (chosen, review), efforts)
    found = paths(way)
    money = PathMoney(way, found.paths, posted_by(session, partner, as_of)) if found.paths else None
    return PathView(
        paths=found,
        partner_name=row.name,
        tier_today=standings[-1].tier,
        tiers=version.tiers.names[max(1, version.tiers.ranks.get(standings[-1].tier, 0)) :],
        reviews=reviews,
        counts_from=up.effective(terms.calendar, up.first_day(terms.calendar, review), row),
        is_decided=up.moves != "automatic",
        efforts=efforts,
        brings=tuple(money.of(path) for path in found.paths) if money else (),
    )


def _reviews(terms: Terms, as_of: date) -> tuple[Period, ...]:
    """The review that is running on the next day, and the ones after it."""
    version = terms.at(as_of)
    first = terms.calendar.at(as_of + timedelta(days=1), version.tiers.directions[-1].unit)
    return tuple(terms.calendar.after(first, n) for n in range(AHEAD))


def _by(terms: Terms, reviews: tuple[Period, ...], until: date | None) -> Period:
    if until is None:
        return reviews[0]
    found = [review for review in reviews if review.end <= until]
    if not found:
        raise Refused(f"No review ends by {until.isoformat()}.", f"The next one ends on {reviews[0].end.isoformat()}.")
    if until >= (beyond := terms.calendar.after(reviews[-1], 1).end):
        last, first_beyond = reviews[-1].end.isoformat(), beyond.isoformat()
        raise Refused(f"A path reaches {AHEAD} reviews ahead, to {last}.", f"Give a day before {first_beyond}.")
    return found[-1]


def _tier(version: Version, standing: Standing[Decimal], asked: str) -> str:
    """The tier that is asked for: the next one unless somebody says, the highest where it is held."""
    names = version.tiers.names
    if asked and asked not in names[1:]:
        raise Refused(f"There is no tier “{asked}” to reach.", f"The tiers are {', '.join(names[1:])}.")
    return asked or names[min(version.tiers.ranks.get(standing.tier, 0) + 1, len(names) - 1)]
