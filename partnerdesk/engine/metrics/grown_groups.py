"""Growth group by group: of each customer what it bought more than a year before."""

from typing import Any, Generic, NamedTuple

from partnerdesk.engine.figures.figure import Excluded, N
from partnerdesk.engine.metrics.aggregates import different, places, taken, without_number
from partnerdesk.engine.metrics.apart import members, says
from partnerdesk.engine.metrics.composed import grown
from partnerdesk.engine.metrics.drawn import drawn_of
from partnerdesk.engine.metrics.uncounted import left_out
from partnerdesk.engine.period import Period
from partnerdesk.engine.reckoning import Drawn, Measured, Reckoning
from partnerdesk.engine.semantics import MEASURES_ALIKE
from partnerdesk.engine.terms.metrics import MetricTerms


class Growths(NamedTuple, Generic[N]):
    """The growth of each group that has any, by its name; how many facts it rests on, and what did not count."""

    numbers: dict[Any, N]
    counted: int
    excluded: tuple[Excluded, ...]


def growths(reckoning: Reckoning[N], terms: MetricTerms, period: Period, back: int) -> Growths[N] | Measured[N]:
    """The growth of each group with facts in either window, where it is evaluated; or why nothing can be measured.

    Each group is measured as the other metric would be of its facts alone.
    """
    part, counted, found = terms.parts[0], 0, dict[Any, N]()
    sides, excluded = [], list[Excluded]()
    for earlier in (back, back + terms.earlier(period)):
        start, end = part.window(period, earlier, reckoning.world.partner)
        drawn = drawn_of(reckoning, part, end)
        inside = places(reckoning, part, drawn, start, end)
        broken = without_number(reckoning, part, drawn, inside)
        if broken is not None:
            return broken
        if reckoning.arithmetic.traced:
            excluded += left_out(reckoning, part, start, end)
        sides.append((drawn, _groups(reckoning, terms, part, drawn, inside)))
    for name in dict.fromkeys((*sides[0][1], *sides[1][1])):
        now, then = (taken(reckoning, part, drawn, groups.get(name, [])) for drawn, groups in sides)
        growth = grown(reckoning, terms, now, then)
        counted += now.counted + then.counted
        if growth.value is not None:
            found[name] = reckoning.arithmetic.labelled(growth.value, says(reckoning, terms, name))
    return Growths(found, counted, tuple(dict.fromkeys(excluded)))


def _groups(
    reckoning: Reckoning[N], terms: MetricTerms, part: MetricTerms, drawn: Drawn[N], inside: list[int]
) -> dict[Any, list[int]]:
    """The places of each group's facts; one of which none has what is counted is none, as without growth."""
    found = members(reckoning, terms, part, drawn, inside)
    if part.metric.take != "distinct" or reckoning.semantics < MEASURES_ALIKE:
        return found
    return {
        name: places
        for name, places in found.items()
        if different(reckoning, part, [drawn.rows[i] for i in places], ())[0]
    }
