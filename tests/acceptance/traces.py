"""Every number of an outcome by where it stands, to hold an evaluation beside the same one with its traces."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any

from partnerdesk.engine.figures.figure import Figure
from partnerdesk.engine.figures.replay import replay
from partnerdesk.engine.whole import PartnerOutcome

VIEWS = ("metrics", "scores", "standings", "lines", "entries", "statements")


def numbers(outcome: PartnerOutcome[Any]) -> Iterator[tuple[str, Any]]:
    """Each number with its place, whatever it is part of; statements, scores and standings of every period."""
    for view in VIEWS:
        yield from _within(view, getattr(outcome, view))


def _within(place: str, thing: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(thing, Figure | Decimal):
        yield place, thing
    for name, part in _parts(thing):
        yield from _within(f"{place}.{name}", part)


def _parts(thing: Any) -> Iterable[tuple[Any, Any]]:
    if isinstance(thing, Figure):
        return ()
    if isinstance(thing, Mapping):
        return ((key, thing[key]) for key in thing)
    if hasattr(thing, "_fields"):
        return ((name, getattr(thing, name)) for name in thing._fields)
    if isinstance(thing, tuple):
        return enumerate(thing)
    if is_dataclass(thing):  # facts that did not count have amounts, which are no figures
        return ((f.name, getattr(thing, f.name)) for f in fields(thing) if f.name not in ("excluded", "uncounted"))
    return ()


def agree(values: PartnerOutcome[Decimal], traced: PartnerOutcome[Figure]) -> int:
    """How many numbers the two modes have; raises AssertionError where one differs or is not what its steps give."""
    plain, figures = dict(numbers(values)), dict(numbers(traced))
    assert plain.keys() == figures.keys(), sorted(plain.keys() ^ figures.keys())[:5]
    count = 0
    for place, number in figures.items():
        if isinstance(number, Figure):
            assert number.value == plain[place], f"{place}: {plain[place]} in values, {number.value} with its trace"
            assert replay(number) == number.value, f"{place}: its steps give {replay(number)}, not {number.value}"
            count += 1
        else:
            assert number == plain[place], place
    return count
