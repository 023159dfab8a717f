"""Which facts and which days count: `where` and `window`."""

from dataclasses import dataclass
from typing import Any

from partnerdesk.engine.rules.keys import OWN_YEARS, key

SPANS = ("period", "trailing", "before", "next", "first", "whole", "to date", "ever", "in force")
STEPS = ("day", "month", "quarter", "half", "year")


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Which days count, relative to the period that is evaluated. A running period ends on the as-of day.

    A metric is shown for each period of the score, without a score for each of the tiers' reviews (`tiers.every`); an
    earning at a period's end reads it for that period, any other rule for the period it says, else the statement's.

    Usually written as a phrase: "period", "trailing 12 months", "trailing 90 days", "trailing 6 calendar months",
    "4 quarters before", "next 12 months", "first 60 days", "whole year", "year to date", "partner year to date",
    "ever", "in force"; each may be followed by ", a year earlier" or ", 3 months earlier".
    """

    span: str = key(
        "period: the period itself; trailing: up to the period's last day; before: up to the day before the period; "
        "next: from the day after it; first: from the day the partner joined, up to the period's last day; whole: the "
        "calendar (fiscal) unit that holds the period's last day, not beyond the as-of day; to date: that unit up to "
        "the period's last day; ever: everything up to the last day; in force: what started by then and has not ended",
        "period",
        SPANS,
    )
    length: int = key("How many units, for trailing, before, next and first", 0)
    unit: str = key(
        "Unit of the length, or the unit meant by whole and to date; these may be a partner year, which begins each "
        "year on the day on which the partner joined, or an agreement year, from the day of its signature: where that "
        "day is not known it is the fiscal year",
        "month",
        (*STEPS, *OWN_YEARS),
    )
    is_calendar: bool = key(
        "The trailing months, quarters, halves or years are calendar ones; the running one counts in full", False
    )
    earlier_months: int = key(
        "Shifted back by so many months; a window of days keeps its length, the as-of day ends a whole unit after that",
        0,
    )
    cut_days: int = key("The window ends so many days before its last day: a data cut", 0)

    def __str__(self) -> str:
        return (
            _words(self)
            + _shift_words(self.earlier_months)
            + (f", cut {self.cut_days} days before its end" if self.cut_days else "")
        )


def _words(window: Window) -> str:
    plain = {"period": "in the period", "in force": "in force at the period's end", "ever": "since ever"}
    if window.span in plain:
        return plain[window.span]
    calendar = "calendar " if window.is_calendar else ""
    many = f"{window.length} {calendar}{window.unit}{'' if window.length == 1 else 's'}"
    return {
        "trailing": f"trailing {many}",
        "before": f"{many} before the period",
        "next": f"next {many}",
        "first": f"first {many} of the partner",
        "whole": f"whole {window.unit}",
        "to date": f"{window.unit} to date",
    }[window.span]


def _shift_words(months: int) -> str:
    if not months:
        return ""
    if months % 12:
        return f", {months} months earlier"
    return ", one year earlier" if months == 12 else f", {months // 12} years earlier"


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """One condition on an attribute: one of some values, bounds, whether it is known; or the opposite.

    Written as `kind = "new"`, `kind = ["new", "upsell"]`, `amount = { at_least = 1000 }`, `role = { not = "managed" }`,
    `verified_by = { known = true }`. A value that is not known passes no test but `known = false`, and one that says
    `or_unknown`: `channel = { not = "government", or_unknown = true }`.
    """

    attribute: str
    one_of: tuple[Any, ...] | None = None
    at_least: Any = None
    above: Any = None
    at_most: Any = None
    below: Any = None
    is_set: bool | None = None
    negated: bool = False
    or_unknown: bool = False


Where = tuple[Test, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep:
    """Which values count: those inside bounds, the greatest of them, or both."""

    at_least: Any = key("At least, inclusive", None)
    above: Any = key("More than, exclusive", None)
    at_most: Any = key("At most, inclusive", None)
    below: Any = key("Less than, exclusive", None)
    best: int | None = key(
        "Of those inside the bounds only so many, the greatest ones: the best three of the last four quarters. Of "
        "equal ones the earlier part counts; of groups that by the lesser name",
        None,
    )
