"""Figures as the words of a pack: amounts, deltas, counts and periods in one locale. It computes no figure."""

from datetime import date
from decimal import Decimal

from partnerdesk.engine.period import Period, add_months, has_calendar_name
from partnerdesk.reports.format import DASH, HARD_SPACE, MINUS, Formats
from partnerdesk.reports.pack.data import KeyFigure

_NUMBERS = "no one two three four five six seven eight nine ten eleven twelve".split()
_TENTH, _HALF_PERCENT = Decimal("0.1"), Decimal("0.005")
NOT_EVALUATED = "not evaluated"


def is_money(unit: str) -> bool:
    """Whether a unit is a currency code."""
    return len(unit) == 3 and unit.isascii() and unit.isupper()


def quantity(formats: Formats, value: Decimal | None, unit: str, *, places: int = 1) -> str:
    """A figure with its unit as a table shows it: `412k`, `93.5%`, `62.0`, `4`, or why there is none."""
    if value is None:
        return NOT_EVALUATED
    if is_money(unit):
        return formats.compact(value)
    if unit == "%":
        return formats.percent(value, places)
    if unit == "points":
        return formats.number(value, places)
    return formats.number(value, 0 if value == value.to_integral_value() else places)


def headline(formats: Formats, figure: KeyFigure) -> tuple[str, str]:
    """A key figure as large digits and its small unit."""
    if figure.value is None:
        return DASH, figure.missing or NOT_EVALUATED
    if figure.unit == "%":
        return formats.number(figure.value * 100, 1), "%"
    units = {"points": "of 100"}
    return quantity(formats, figure.value, figure.unit), units.get(figure.unit, figure.unit)


def change(formats: Formats, value: Decimal, before: Decimal, unit: str) -> str:
    """How far a figure moved: in percent for money, in points for shares and points, else the difference."""
    if is_money(unit):
        return _relative(formats, value, before)
    if unit == "%":
        return f"{formats.signed((value - before) * 100, 1)} points"
    if unit == "points":
        return f"{formats.signed(value - before, 1)} points"
    return formats.signed(value - before, 0 if value == value.to_integral_value() else 1)


def _relative(formats: Formats, value: Decimal, before: Decimal) -> str:
    if before <= 0:
        return f"from {formats.compact(before)}"
    moved = value / before - 1
    places = 1 if abs(moved) < _HALF_PERCENT and moved else 0
    shown = formats.percent(abs(moved), places)
    return f"{'+' if moved > 0 else MINUS if moved < 0 else ''}{shown}"


def counted(number: int, noun: str, plural: str = "") -> str:
    """`one renewal`, `3 renewals` beyond twelve as digits."""
    return f"{number_word(number)} {noun if number == 1 else plural or noun + 's'}"


def number_word(number: int) -> str:
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else str(number)


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    """A label inside a sentence: a small first letter, unless the word is a name or an abbreviation."""
    return text[:1].lower() + text[1:] if len(text) > 1 and text[1].islower() else text


def short_period(period: Period) -> str:
    """`Q3` of a quarter, `H1` of a half, `Oct` of a month, `M8` of a fiscal one; other periods keep their label."""
    letter = {"quarter": "Q", "half": "H", "month": "M"}.get(period.unit)
    if letter is None:
        return period.label
    _, found, number = period.label.rpartition(letter)
    return f"{letter}{int(number)}" if found else _MONTHS[period.start.month - 1]


def year_of(period: Period) -> str:
    """What a period's year is called: `2026`, `FY2027`; a month of the calendar has the calendar's."""
    name, found, _ = period.label.rpartition({"quarter": "Q", "half": "H", "month": "M"}.get(period.unit, "-"))
    return name if found else str(period.start.year)


def short_year_of(period: Period) -> str:
    """`26`, `FY27`."""
    name = year_of(period)
    return f"{name[:-4]}{name[-2:]}"


def month_of(formats: Formats, period: Period) -> str:
    """`March` of a calendar month; other periods as they are in short."""
    return month_name(formats, period.start) if has_calendar_name(period) else short_period(period)


def span(period: Period) -> str:
    """What a review looks back on: `quarter`, `month` or `half-year`."""
    return {"half": "half-year"}.get(period.unit, period.unit)


def ordinal_period(period: Period) -> str:
    """`third quarter`; other periods keep their label."""
    ordinals = {"1": "first", "2": "second", "3": "third", "4": "fourth"}
    if period.unit in ("quarter", "half") and period.label[-1] in ordinals:
        return f"{ordinals[period.label[-1]]} {period.unit}"
    return period.label


def month_name(formats: Formats, day: date) -> str:
    """`March`, without its year."""
    return formats.symbols.months[day.month - 1]


def short_month_name(formats: Formats, day: date) -> str:
    return formats.symbols.short_months[day.month - 1]


_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_WEEKDAYS = "Mon Tue Wed Thu Fri Sat Sun".split()


def meeting_day(formats: Formats, day: date) -> str:
    """`Fri 20 Nov 2026`: weekdays stand with meetings only."""
    return f"{_WEEKDAYS[day.weekday()]}{HARD_SPACE}{formats.day(day)}"


def long_day(formats: Formats, day: date, since: date) -> str:
    """`12 February`, with its year unless it lies within the ten months after the other day."""
    parts = [str(day.day), month_name(formats, day)]
    text = HARD_SPACE.join(reversed(parts) if formats.symbols.day.startswith("M") else parts)
    return text if since <= day < add_months(since, 10) else f"{text}{HARD_SPACE}{day.year}"


def unbroken(names: str) -> str:
    """Names that do not break inside: a line ends after a comma."""
    return ", ".join(name.strip().replace(" ", HARD_SPACE) for name in names.split(","))


def listed(parts: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""
