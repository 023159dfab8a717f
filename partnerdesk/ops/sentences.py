"""Days, counts and values inside the sentences of refusals. English whatever the locale of the process; documents
and screens format through `reports.format` instead.
"""

from datetime import date
from decimal import Decimal
from typing import Any

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def day(value: date) -> str:
    """A day such as 4 Dec 2026."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def count(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun: 1 deal, 2 deals."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def listed(names: "list[str] | tuple[str, ...]") -> str:
    """Names in a row: a, b and c."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def value(seen: Any) -> str:
    """Any value of a field."""
    if seen is None or seen == "":
        return "empty"
    if isinstance(seen, bool):
        return "yes" if seen else "no"
    if isinstance(seen, date):
        return day(seen)
    if isinstance(seen, Decimal):
        return f"{seen:,f}"
    return f"“{seen}”" if isinstance(seen, str) else str(seen)
