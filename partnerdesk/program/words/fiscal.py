"""When fiscal years and their months begin and end, in words."""

from collections.abc import Iterator
from datetime import date, timedelta

from partnerdesk.engine.period import FiscalYear
from partnerdesk.engine.rules import FiscalWeeks, Program
from partnerdesk.program.words.naming import listed, ordinal, ordinal_ending
from partnerdesk.program.words.phrases import Said

# The rules that say it, by their keys.
FISCAL = ("fiscal_weeks", "fiscal_year_starts")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def fiscal(program: Program) -> Iterator[Said]:
    """The fiscal year as a rule, where it is more than twelve calendar months named after the year they end in."""
    year, rule = program.fiscal_year, program.fiscal_weeks
    if year.has_plain_months and year.named_by == "end":
        return
    named = (
        "" if (year.month, year.day) == (1, 1) else f" It is named after the calendar year in which it {_named(year)}."
    )
    sentence = f"The fiscal year {year_words(program)}.{_months(year) if rule is None else _weeks(rule)}{named}"
    yield FISCAL[rule is None], "", "Fiscal year", sentence, "", _layout(rule)


def year_words(program: Program) -> str:
    """`begins on 6 April`, or `ends on the last Saturday of July`."""
    year, rule = program.fiscal_year, program.fiscal_weeks
    first = date(2024, year.month, year.day)
    if rule is None:
        return f"begins on {first.day} {_MONTHS[first.month - 1]}"
    last = first - timedelta(days=1)
    month = _MONTHS[last.month - 1]
    if rule.ends == "nearest":
        to = f"the end of {month}" if (last.month, last.day) == (2, 29) else f"{last.day} {month}"
        return f"ends on the {rule.ends_on} nearest to {to}"
    return f"ends on the last {rule.ends_on} {f'of {month}' if year.day == 1 else f'up to {last.day} {month}'}"


def _named(year: FiscalYear) -> str:
    return "ends" if year.named_by == "end" else "begins"


def _months(year: FiscalYear) -> str:
    if year.day == 1:
        return ""
    shorter = ", or on the last day of one that has no such day" if year.day > 28 else ""
    return f" Its months begin on the {year.day}{ordinal_ending(year.day)} of each month{shorter}."


def _weeks(rule: FiscalWeeks) -> str:
    if rule.periods:
        return f" {_thirteen(rule)}"
    weeks, longer = listed(rule.quarter.split("-")), ordinal(rule.week_53 or 12)
    return f" Each quarter has months of {weeks} weeks; in a year of 53 weeks its {longer} month has one more."


def _thirteen(rule: FiscalWeeks) -> str:
    longer = ordinal(rule.week_53) if rule.week_53 else "last"
    counts = listed(rule.periods.split("-"))
    return (
        f"It has thirteen months of four weeks, its quarters {counts} of them; in a year of 53 weeks its {longer} "
        "month has one more."
    )


def _layout(rule: FiscalWeeks | None) -> str:
    """How its weeks are laid out, in short."""
    if rule is None:
        return ""
    return f"13 x 4, {rule.periods}" if rule.periods else rule.quarter
