"""What a requirement lacks, in words: which of its parts do not hold, with the values that were measured."""

from collections.abc import Iterator

from partnerdesk.engine.figures.figure import N
from partnerdesk.engine.metrics.metrics import measured
from partnerdesk.engine.period import Period
from partnerdesk.engine.reckoning import Reckoning
from partnerdesk.engine.rules import Need
from partnerdesk.engine.terms.asking import bound_words, measure_words, need_label, need_words
from partnerdesk.engine.terms.versions import Version
from partnerdesk.engine.tiers.needs import met, once_of
from partnerdesk.engine.tiers.scoring import scored


def unmet_words(reckoning: Reckoning[N], version: Version, need: Need, period: Period) -> str:
    """Why a requirement does not hold in a period: "quarter to plan is 80 %, needed at least 100 % (2026Q1)"."""
    return f"{'; '.join(_unmet(reckoning, version, need, period))} ({period})"


def _unmet(reckoning: Reckoning[N], version: Version, need: Need, period: Period) -> Iterator[str]:
    if met(reckoning, version, need, period):
        return
    if need.for_periods > 1:
        for back in range(need.for_periods - 1, -1, -1):
            earlier = reckoning.calendar.after(period, -back)
            for words in _unmet(reckoning, version, once_of(version, need), earlier):
                yield f"{words} in {earlier}"
    elif parts := need.all or need.any or need.of:
        for part in parts:
            yield from _unmet(reckoning, version, part, period)
    elif need.metric or need.score:
        yield _number(reckoning, version, need, period)
    else:
        yield f"{need_words(version.program, need)}: this does not hold"


def _number(reckoning: Reckoning[N], version: Version, need: Need, period: Period) -> str:
    program, label = version.program, need_label(version.program, need).lower()
    if need.score:
        score = scored(reckoning, version, period)
        value, missing = score.total if score else None, "there is no score"
    else:
        found = measured(reckoning, version.metrics[need.metric], period)
        value, missing = found.value, found.missing
    asked = bound_words(program, need)
    if value is None:
        return f"{label} is not evaluated ({missing}), needed {asked}"
    return f"{label} is {measure_words(program, need, reckoning.arithmetic.value(value))}, needed {asked}"
