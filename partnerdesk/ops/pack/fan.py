"""Page 7 as a range: futures of the partner drawn by `partnerdesk.forecast`, and the same futures under two choices.

What was drawn is kept for the state of the book's facts and the day, as evaluations are: a review is opened, looked at
and exported without being drawn anew. It is kept in memory alone: facts, program, day and seed draw the same futures in
any process and after any start.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from partnerdesk.engine.period import FiscalYear, Period, next_period, period_at, periods, previous_period
from partnerdesk.engine.terms.versions import Terms
from partnerdesk.forecast.choices import Chosen, amounts, chosen
from partnerdesk.forecast.counting import all_lines
from partnerdesk.forecast.keeping import How, Said, written_as
from partnerdesk.forecast.making import odds_of
from partnerdesk.forecast.prepared import Asked, Prepared
from partnerdesk.forecast.ranges import Range, Stretch
from partnerdesk.forecast.told import assumed, left_out
from partnerdesk.forecast.weighing import WeightedPipeline
from partnerdesk.ops.pack.gathered import Gathered
from partnerdesk.queries.figures import needed_programs, state
from partnerdesk.queries.forecasts import learned_at
from partnerdesk.queries.joint.promised_business import Promised, next_tier, plan_choices, promised
from partnerdesk.queries.statements.archive import posted
from partnerdesk.reports.pack.data import Band, Fan, QuarterAhead, QuarterBehind, ScenarioLine

FUTURES, SEED = 60, 1
BEHIND, AHEAD = 8, 2  # quarters
_KEPT = 64

# What was drawn, with its text for the record of forecasts.
_drawn: dict[tuple[object, ...], tuple[Fan, str]] = {}


def fan(g: Gathered) -> Fan | None:
    """The range of the quarter that is running and the one after it; None where nothing was ever earned or is open."""
    well, following = promised(g.session, g.partner.id, g.as_of, g.plan), next_tier(g.outcome, g.as_of)
    key = (*state(g.session), g.partner.id, g.as_of, g.year, well, following)
    if key not in _drawn:
        while len(_drawn) >= _KEPT:
            _drawn.pop(next(iter(_drawn)))
        _drawn[key] = _fan(g, well, following)
    found, _ = _drawn[key]
    is_empty = not any(q.earned for q in found.behind) and not any(q.band.p90 for q in found.ahead)
    return None if is_empty else found


def said_by(shown: Fan | None) -> str:
    """The text under which the range of a fan is kept once it leaves; empty for one that was frozen before."""
    return next((text for found, text in _drawn.values() if found is shown), "")


def _fan(g: Gathered, well: Promised, following: str) -> tuple[Fan, str]:
    ahead = _ahead(g.as_of, g.year)
    prepared = Prepared(
        needed_programs(g.session),
        learned_at(g.session, g.as_of),
        g.partner.id,
        Asked(g.as_of, ahead[-1].end, FUTURES, SEED),
        posted(g.session, g.partner.id).get(g.partner.id),
    )
    months = [*_months(ahead, g.year)]
    found = chosen(prepared, list(plan_choices(well, following, ahead[1].start)), [*ahead, *months], g.outcome.currency)
    lines = tuple(_line(one, len(ahead)) for one in found)
    behind = _behind(ahead[0], g.year)
    earned = amounts(g.outcome, behind)
    shown = Fan(
        behind=tuple(QuarterBehind(p, amount) for p, amount in zip(behind, earned, strict=True)),
        ahead=tuple(QuarterAhead(p, band) for p, band in zip(ahead, lines[0].bands, strict=True)),
        scenarios=lines,
        futures=FUTURES,
        seed=SEED,
        holds=assumed(prepared),
        leaves_out=left_out(prepared),
    )
    return shown, _said(g, prepared, found[0], ahead, months)


def _said(g: Gathered, prepared: Prepared, found: Chosen, quarters: Sequence[Period], months: Sequence[Period]) -> str:
    """What the fan says as things stand, by quarter and by month, as the record of forecasts keeps it."""
    pipe = WeightedPipeline(prepared, prepared.run(prepared.as_it_stands), all_lines)
    pairs = zip([*quarters, *months], found.earned, found.payable, strict=True)
    stretches = [Stretch(period, earned, payable, pipe.within(period)) for period, earned, payable in pairs]
    asked, count = prepared.asked, len(quarters)
    told = Said(
        g.partner.id,
        asked.as_of,
        asked.horizon,
        tuple(stretches[count:]),
        tuple(stretches[:count]),
        tuple(odds_of(prepared)),
        scenarios=FUTURES,
    )
    version = Terms(prepared.programs, asked.as_of).at(asked.as_of).program.version
    return written_as(How(SEED, FUTURES, version, g.outcome.currency), told)


def _line(found: Chosen, quarters: int) -> ScenarioLine:
    choice = found.choice
    return ScenarioLine(
        tuple(map(_band, found.earned[:quarters])), bool(choice.goes_well), choice.tier, choice.tier_from
    )


def _band(found: Range) -> Band:
    return Band(found.p10, found.p25, found.p50, found.p75, found.p90)


def _ahead(as_of: date, year: FiscalYear) -> list[Period]:
    """The quarter of the next day and the one after it."""
    first = period_at(as_of + timedelta(days=1), "quarter", year)
    return [first, next_period(first, year)]


def _months(quarters: Sequence[Period], year: FiscalYear) -> Iterator[Period]:
    for quarter in quarters:
        yield from periods(quarter.start, quarter.end, "month", year)


def _behind(first: Period, year: FiscalYear) -> list[Period]:
    found = [previous_period(first, year)]
    while len(found) < BEHIND:
        found.insert(0, previous_period(found[0], year))
    return found
