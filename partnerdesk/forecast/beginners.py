"""New business of a partner that has none behind it yet: as others of the book began, made of deals like its own."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from statistics import median

from partnerdesk.engine.facts import Deal, Facts
from partnerdesk.forecast.business import MOST_WINDOWS, Root
from partnerdesk.forecast.draws import mixed
from partnerdesk.forecast.follows import Follows
from partnerdesk.forecast.new_business import FARTHEST, Coming, Template, lucks
from partnerdesk.forecast.record_of_habits import Record, any_ratio
from partnerdesk.forecast.weighted import Weighted
from partnerdesk.forecast.windows import SIZE, moved

LIKE_ITS_OWN = 6  # deals of its own that are repeated


def beginning(
    record: Record, follows: Follows, facts: Facts, partner: str, windows: int, seed: int, count: int
) -> list[Coming]:
    """What is to come of deals, window by window; nothing where it has no deal yet, or nobody sold any."""
    rows = [*_like_its_own(facts, partner, record.days)]
    if not rows or not record.levels:
        return []
    name, found = f"new deal {partner}", []
    own, market = lucks(name, windows, seed, count), lucks("new deal", windows, seed, count)
    for ahead in range(1, windows + 1):
        spread = Weighted(_began(record, min(ahead, FARTHEST)))
        amounts = [max(0.0, spread.at(luck)) for luck in mixed(own[ahead - 1], market[ahead - 1], record.common)]
        found.append(Coming("deal", ahead, [Template(SIZE * ahead, rows)] * count, amounts, follows))
    return found


def _began(record: Record, ahead: int) -> Iterator[tuple[float, float]]:
    """What others brought so many windows after the one before their first business, beside what anybody might."""
    for habit in record.habits.values():
        if ahead <= habit.tenure < MOST_WINDOWS:
            yield habit.fresh(habit.tenure - ahead, record.days[habit.tenure]), 1.0
    usual = median(level for (_, back), level in record.levels.items() if back == min(b for _, b in record.levels))
    yield from ((ratio * usual / 2, weight) for ratio, weight in any_ratio())


def _like_its_own(facts: Facts, partner: str, days: Sequence[date]) -> Iterator[Root]:
    """Its latest deals as if they had been won in the window behind, in the middle where they are older than that."""
    mine = [d for d in facts.of("deal") if d.partner == partner and d.amount and d.amount > 0]
    for deal in sorted(mine, key=lambda d: (d.created or date.min, d.id))[-LIKE_ITS_OWN:]:
        begun = deal.created or deal.registered or date.min
        day = begun if days[1] < begun <= days[0] else moved(days[1], 1) + timedelta(days=15)
        won: Deal = replace(deal, status="won", closed=day, probability=None)
        yield Root(won, day, day, float(deal.amount))
