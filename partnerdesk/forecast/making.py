"""A forecast from the futures of a partner: ranges by month, tiers with their chances, drivers, and what stands beside.

learned = Learned(known_facts(facts, day), day)
forecast(programs, learned, "P1", Asked(day, horizon, 500, seed=1))
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from partnerdesk.engine.money import ZERO
from partnerdesk.engine.period import Period
from partnerdesk.engine.projection import lapses, tier_today
from partnerdesk.engine.rules import Program
from partnerdesk.engine.settling.ledger import Posted
from partnerdesk.engine.terms.versions import Terms
from partnerdesk.engine.whole import Outcome
from partnerdesk.forecast.counting import Counted, Days, Future, Months, all_lines, columns, within
from partnerdesk.forecast.drivers import Worths, drivers
from partnerdesk.forecast.futures import futures
from partnerdesk.forecast.learned import Learned
from partnerdesk.forecast.prepared import Asked, Part, Prepared, Step
from partnerdesk.forecast.ranges import Driver, Forecast, Odds, Stretch, range_of
from partnerdesk.forecast.told import assumed, left_out
from partnerdesk.forecast.weighing import WEIGHED, WeightedPipeline


@dataclass(frozen=True, slots=True)
class Drawn:
    """A forecast with its futures: what each of them brings by day, in the order in which they were drawn."""

    forecast: Forecast
    earned: Sequence[Days]
    payable: Sequence[Days]


def forecast(
    programs: Sequence[Program],
    learned: Learned,
    partner: str,
    asked: Asked,
    posted: Posted | None = None,
    counts: Counted = all_lines,
    step: Step | None = None,
    with_drivers: bool = True,
) -> Forecast:
    """What may come of a partner from the facts that `learned` holds. `step(done, total)` may raise to stop it."""
    return drawn(programs, learned, partner, asked, posted, counts, step, with_drivers).forecast


def drawn(
    programs: Sequence[Program],
    learned: Learned,
    partner: str,
    asked: Asked,
    posted: Posted | None = None,
    counts: Counted = all_lines,
    step: Step | None = None,
    with_drivers: bool = True,
) -> Drawn:
    """The same with the futures themselves, so that those of several partners can be added up one by one."""
    prepared = Prepared(programs, learned, partner, asked, posted)
    terms = Terms(prepared.programs, asked.horizon)
    months = Months(terms.calendar, asked.as_of, asked.horizon)
    worths = Worths(prepared, months, counts) if with_drivers else None
    whole = asked.scenarios + (worths.count if worths else 0)
    found = futures(prepared, months, counts, step and Part(step, 0, whole))
    moved = (
        drivers(worths, [one.earned for one in found], step and Part(step, asked.scenarios, whole)) if worths else ()
    )
    told = _told(prepared, terms, months, found, counts, moved)
    return Drawn(told, [one.earned for one in found], [one.payable for one in found])


def _told(
    prepared: Prepared,
    terms: Terms,
    months: Months,
    found: Sequence[Future],
    counts: Counted,
    moved: tuple[Driver, ...],
) -> Forecast:
    asked, now, currency = prepared.asked, prepared.run(prepared.as_it_stands), terms.currency
    certain, lucky = (months.earned(prepared.with_all(well), counts) for well in (False, True))
    pipe = WeightedPipeline(prepared, now, counts)
    return Forecast(
        partner=prepared.partner,
        currency=currency,
        as_of=asked.as_of,
        horizon=asked.horizon,
        seed=asked.seed,
        scenarios=asked.scenarios,
        version=terms.at(asked.as_of).program.version,
        months=_stretches(found, pipe, months.months, certain, lucky),
        quarters=_stretches(found, pipe, months.quarters, certain, lucky),
        whole=_stretches(found, pipe, [months.whole], certain, lucky)[0],
        committed=_within(certain, months),
        possible=_within(lucky, months),
        clawback=range_of([one.clawed for one in found], currency).mean,
        tier_today=tier_today(now, asked.as_of),
        tiers=_tiers(found, terms.at(asked.horizon).program, now, asked),
        pipeline=pipe.whole,
        drivers=moved,
        assumes=assumed(prepared),
        not_included=left_out(prepared),
        odds=tuple(odds_of(prepared)),
    )


def odds_of(prepared: Prepared) -> Iterator[Odds]:
    """The chances of the partner's own deals and renewals; those of partners below are scored with theirs."""
    for item in prepared.items:
        if item.kind in WEIGHED and not item.below:
            yield Odds(item.kind, item.id, Decimal(f"{item.odds:.4f}"))


def _within(amounts: Days, months: Months) -> Decimal:
    return sum((amount for day, amount in amounts.items() if day >= months.whole.start), ZERO)


def _stretches(
    found: Sequence[Future], pipe: WeightedPipeline, periods: Sequence[Period], certain: Days, lucky: Days
) -> tuple[Stretch, ...]:
    earned, payable = columns([one.earned for one in found], periods), columns([one.payable for one in found], periods)
    pairs = zip(periods, earned, payable, strict=True)
    return tuple(
        Stretch(
            period,
            range_of(earned, pipe.currency),
            range_of(payable, pipe.currency),
            pipe.within(period),
            within(certain, period),
            within(lucky, period),
        )
        for period, earned, payable in pairs
    )


def _tiers(found: Sequence[Future], program: Program, now: Outcome, asked: Asked) -> tuple[tuple[str, Decimal], ...]:
    """The tiers by how many scenarios reach them; none where what decides about them is not assumed."""
    if lapses(program, now, asked.as_of):
        return ()
    whole = asked.scenarios
    return tuple(
        (tier, Decimal(count) / whole) for tier, count in Counter(one.tier for one in found).most_common() if tier
    )
