"""The day on which a fact happened."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import Any

from partnerdesk.engine.facts import HAPPENED

FREE = "attributes."  # how the path of a free attribute begins


@lru_cache(maxsize=4096)
def day_in(text: str) -> date | None:
    """The day that a free attribute holds; None where it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def held_in(name: str, row: Any) -> str:
    """The text of a free attribute that should hold a day; empty where a row has none, or the day is a declared one."""
    held: str = row.attributes.get(name.removeprefix(FREE), "") if name.startswith(FREE) else ""
    return held


def no_day_words(name: str, row: Any) -> str:
    """Why a fact is placed on no day: it has none, or a free attribute that should hold one holds something else."""
    held, own = held_in(name, row), name.removeprefix(FREE).replace("_", " ")
    return f"its {own} “{held}” is no day such as 2026-01-31" if held else "it has no date"


def day_of_row(name: str) -> Callable[[Any], date | None]:
    """The function that reads a day of a row: a declared one, or a free attribute as one."""
    if not name.startswith(FREE):
        return attrgetter(name)
    own = name.removeprefix(FREE)
    return lambda row: day_in(row.attributes.get(own, ""))


@lru_cache(maxsize=256)
def day_reader(kind: str, attribute: str = "") -> Callable[[Any], date | None]:
    """The function that reads when a fact of a kind happened, by the named attribute or the kind's usual one."""
    names = (attribute,) if attribute else HAPPENED.get(kind, ("day",))
    if len(names) == 1:
        return day_of_row(names[0])
    first, rest = attrgetter(names[0]), attrgetter(*names[1:], names[-1])
    return lambda row: first(row) or next(filter(None, rest(row)), None)


def happened(kind: str, row: Any, attribute: str = "") -> date | None:
    """The day on which a fact happened, by the named attribute or the kind's usual one."""
    return day_reader(kind, attribute)(row)
