"""A metric made ready: its unit, the reader of its attribute, the days that a period's window covers."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeAlias

from partnerdesk.engine.facts import plural
from partnerdesk.engine.period import MONTHS, Calendar, Period, add_months
from partnerdesk.engine.rules import Metric, Program, Window
from partnerdesk.engine.where import Getter, Predicate, getter, is_own, money_attribute, predicate

if TYPE_CHECKING:
    from partnerdesk.engine.terms import Version
    from partnerdesk.engine.world import World

COUNTS = ("count", "distinct")
_DAY = timedelta(days=1)

# A period's key in the tables of metrics, and the first and last day of its window; None means: ever.
Days: TypeAlias = tuple[object, date | None, date]


class MetricTerms:
    """One metric of one version, shared by all partners; `draw` numbers what it reads, so that metrics share it."""

    def __init__(self, version: "Version", name: str, metric: Metric) -> None:
        self.version, self.name, self.metric = version, name, metric
        self.unit = unit_of(version.program, name, version.terms.currency)
        self.origin = version.origin(f"metric.{name}")
        self.words = str(metric.window)
        self.counts, self.sums = metric.take in COUNTS, metric.take == "sum"
        self.nothing_is_zero = metric.missing in ("", "zero") and not metric.minimum_rows
        self.is_money = bool(metric.of) and not self.counts and money_attribute(metric.of, metric.value)
        self.is_credited = metric.of == "deal"
        drawn = (metric.of, metric.day, metric.where, "" if self.counts else metric.value)
        self.draw = version.terms.draws.setdefault(drawn, len(version.terms.draws))
        kind = metric.of or "contract"
        self.passes: Predicate | None = predicate(kind, metric.where)
        self.get: Getter | None = None
        self.own_value = ""  # the attribute's name where it stands in the row itself
        if metric.of and metric.take != "count":
            self.get = getter(kind, metric.value)
            self.own_value = metric.value if is_own(kind, metric.value) else ""
        # What ends a fact of an `in force` metric.
        self.until: Getter | None = None
        if metric.of and metric.window.span == "in force":
            self.until = getter(kind, metric.until or ("expires" if kind == "certification" else "end"))
        self.slot, version.terms.slots = version.terms.slots, version.terms.slots + 1
        self._windows: dict[tuple[str, str, int], list[Days]] = {}

    @cached_property
    def parts(self) -> "tuple[MetricTerms, ...]":
        """The metrics that it is made of."""
        metric = self.metric
        names = (*(metric.ratio or ()), *([metric.growth] if metric.growth else ()), *(p.metric for p in metric.mix))
        return tuple(self.version.metrics[name] for name in names)

    def reader(self, world: "World") -> Callable[[Any], Any]:
        """Reads the value of a row in a partner's world."""
        get = self.get
        assert get
        return attrgetter(self.own_value) if self.own_value else lambda row: get(row, world)

    def windows(self, periods: Sequence[Period], years_ago: int) -> list[Days]:
        """For each period its key, and the first and last day that count for it."""
        named = periods[0].label, periods[-1].label, years_ago
        found = self._windows.get(named)
        if found is None:
            terms = self.version.terms
            found = self._windows[named] = [
                (
                    (period.label, years_ago) if years_ago else period.label,
                    *bounds(self.metric.window, period, terms.as_of, terms.calendar, years_ago),
                )
                for period in periods
            ]
        return found

    def window(self, period: Period, years_ago: int) -> tuple[date | None, date]:
        """First and last day that count for a period."""
        return self.windows((period,), years_ago)[0][1:]


def unit_of(program: Program, name: str, currency: str) -> str:
    """The unit of a metric's number: a currency, "%", "1", or what is counted."""
    metric = program.metric[name]
    if metric.unit:
        return metric.unit
    if metric.growth:
        if metric.growth_as == "amount":
            return unit_of(program, metric.growth, currency)
        return "%" if metric.growth_as == "share" else "1"
    if metric.ratio or metric.mix or metric.retention:
        return "%"
    if metric.take in COUNTS:
        return plural(metric.value if metric.take == "distinct" else metric.of)
    return currency if money_attribute(metric.of, metric.value) else "1"


def bounds(
    window: Window, period: Period, as_of: date, calendar: Calendar, years_ago: int = 0, joined: date | None = None
) -> tuple[date | None, date]:
    """First and last day of a window; the current period ends on the as-of day. None means: ever.

    `joined` is the partner's first day, for windows that are counted from it; without one they hold no day.
    """
    last = min(period.end, as_of)
    start, end = _span(window, period, last, calendar, joined)
    months = window.earlier_months + 12 * years_ago
    if months:
        start = None if start is None else add_months(start, -months)
        end = add_months(end + _DAY, -months) - _DAY
    return start, end - timedelta(days=window.cut_days)


def _span(
    window: Window, period: Period, last: date, calendar: Calendar, joined: date | None
) -> tuple[date | None, date]:
    """First and last day before any shift."""
    match window.span:
        case "trailing":
            end = _month_end(last) if window.is_calendar else last
            return _back(end, window), last
        case "before":
            end = period.start - _DAY
            return _back(end, window), end
        case "next":
            return last + _DAY, _ahead(last + _DAY, window) - _DAY
        case "first":
            return (joined, _ahead(joined, window) - _DAY) if joined else (last + _DAY, last)
        case "whole":
            held = calendar.at(last, window.unit)
            return held.start, held.end
        case "to date":
            return calendar.at(last, window.unit).start, last
        case "ever" | "in force":
            return None, last
    return period.start, last


def _back(end: date, window: Window) -> date:
    """The first day of so many units that end on a day."""
    if window.unit == "day":
        return end - timedelta(days=window.length - 1)
    return add_months(end + _DAY, -window.length * MONTHS[window.unit])


def _ahead(start: date, window: Window) -> date:
    """The day after so many units that begin on a day."""
    if window.unit == "day":
        return start + timedelta(days=window.length)
    return add_months(start, window.length * MONTHS[window.unit])


def _month_end(day: date) -> date:
    return add_months(day.replace(day=1), 1) - _DAY
