"""What is typed for an input, as changes of a case; and what a case says for an input."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from partnerdesk.engine.facts import Contract, attributes
from partnerdesk.engine.forecast import next_term
from partnerdesk.errors import Refused
from partnerdesk.ops.whatif.bounds import refuse_outside
from partnerdesk.ops.whatif.inputs import COUNT, MOST_PEOPLE, SHARE, Input
from partnerdesk.ops.whatif.values import text_of, value_of
from partnerdesk.program.form import written
from partnerdesk.queries.scenarios import ADD, METRIC, RULE, SET, Change

Changes = tuple[Change, ...]


def with_input(changes: Changes, given: Input, value: Any, today: date) -> Changes:
    """The changes with an input at a value; at what it is now, without it. Raises Refused for what cannot be.

    A number outside its bounds is refused. An outcome brings its day, and the next term of a contract that goes on;
    another outcome takes them along.
    """
    if isinstance(value, Decimal) and given.bounds is not None:
        refuse_outside(given.name, value, given.bounds, is_share=given.kind == SHARE)
    if value == given.now or (given.kind == COUNT and not value):
        return without(changes, given)
    fresh = tuple(_meant(given, value, today))
    kept = without(changes, given) if _is_outcome(given) or given.kind == COUNT else changes
    return with_changes(kept, fresh)


def with_changes(changes: Changes, fresh: Sequence[Change]) -> Changes:
    """The changes with others; a change of the same place gives way where it stands."""
    found = {(c.action, *c.place): c for c in changes}
    found.update({(c.action, *c.place): c for c in fresh})
    return tuple(found.values())


def without(changes: Changes, given: Input) -> Changes:
    """The changes without an input and what came with it."""
    return tuple(change for change in changes if not belongs(change, given))


def belongs(change: Change, given: Input) -> bool:
    """Whether a change is that of an input, or came with it."""
    place = given.place
    if given.kind == COUNT:
        return change.action == ADD and change.of == place.of and change.item.startswith(_person(given))
    if _is_outcome(given) and change.of == place.of:
        return change.item == f"{place.item}:renewed" or (
            change.item == place.item and change.field in (place.field, "closed", "outcome_on", "outcome_amount")
        )
    return (change.action, *change.place) == given.key


def _is_outcome(given: Input) -> bool:
    return given.place.action == SET and (given.place.of, given.place.field) in (
        ("deal", "status"),
        ("contract", "outcome"),
    )


def value_in(changes: Sequence[Change], given: Input) -> Any:
    """What the changes say for an input; None where they say nothing. Raises Refused for a value that is none."""
    if given.kind == COUNT:
        return len({c.item for c in changes if belongs(c, given)}) or None
    found = next((c for c in changes if (c.action, *c.place) == given.key), None)
    if found is None:
        return None
    if found.action == RULE:
        return tomllib.loads(f"x = {found.value}", parse_float=Decimal)["x"]
    if found.action == METRIC:
        return value_of("observation", "value", found.value)
    return value_of(found.of, found.field, found.value)


def _meant(given: Input, value: Any, today: date) -> Iterator[Change]:
    place = given.place
    if given.kind == COUNT:
        yield from _people(given, int(value), today)
    elif place.action == RULE:
        assert given.cell is not None
        shown = value * 100 if given.kind == SHARE else value
        yield replace(place, value=written(given.cell, shown))
    else:
        main = replace(place, value=text_of(value))
        if main.action == SET:
            value_of(main.of, main.field, main.value)
        yield main
        if _is_outcome(given):
            yield from _besides(given, main, today)


def _besides(given: Input, main: Change, today: date) -> Iterator[Change]:
    """The day of an outcome, and the next term of a contract that goes on, at its amount."""
    if main.value == "open":
        return
    if main.of == "deal":
        yield replace(main, field="closed", value=today.isoformat())
        return
    contract: Contract = given.row
    after = Decimal(0) if main.value == "churned" else contract.recurring
    yield replace(main, field="outcome_on", value=today.isoformat())
    if after is not None:
        yield replace(main, field="outcome_amount", value=text_of(after))
    if main.value != "churned":
        yield from added("contract", next_term(contract, after))


def added(kind: str, row: Any) -> Iterator[Change]:
    """A row as changes that add it."""
    for a in attributes(kind):
        value = getattr(row, a.name)
        if a.name not in ("id", "known_on", "attributes") and value not in (None, "", a.default):
            yield Change(ADD, kind, row.id, a.name, text_of(value))


def _people(given: Input, count: int, today: date) -> Iterator[Change]:
    """So many new people with a certificate."""
    if not 0 < count <= MOST_PEOPLE:
        raise Refused(f"{count} more people cannot be.", f"Write a number up to {MOST_PEOPLE}.")
    for number in range(1, count + 1):
        values = {
            "partner": given.row.id,
            "person": f"New person {number}",
            "certificate": given.place.item,
            "awarded": today.isoformat(),
        }
        for field, value in values.items():
            yield Change(ADD, "certification", f"{_person(given)}{number}", field, value)


def _person(given: Input) -> str:
    return f"what-if {given.place.item} "
