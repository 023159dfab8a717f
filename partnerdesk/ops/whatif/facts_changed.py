"""Facts as they would be: a scenario's changes laid over them, and what of it cannot be.

A change that cannot be (its row is gone, its value is impossible) is left out and named; the others stand.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from partnerdesk.engine.facts import KINDS, REF, Fact, Facts, attributes, plural
from partnerdesk.engine.problem import errors
from partnerdesk.errors import Refused
from partnerdesk.ops.rows.fact_checks import check, named
from partnerdesk.ops.whatif.sense import refuse_senseless
from partnerdesk.ops.whatif.values import FREE, attribute_of, value_of
from partnerdesk.queries.scenarios import ADD, REMOVE, SET, Change


@dataclass(frozen=True, slots=True)
class Left:
    """A change that is left out, and why; `is_gone` says that what it is about is not in the book any more."""

    change: Change
    why: str
    is_gone: bool = False


class _Gone(Refused):
    """What a change is about is not there any more."""


class Overlay:
    """Rows by kind and id, changed one piece of business after the other; the facts below stay as they are."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._rows: dict[str, dict[str, Any]] = {}

    def of(self, kind: str) -> dict[str, Any]:
        """The rows of a kind by id, to be changed."""
        if kind not in self._rows:
            self._rows[kind] = {row.id: row for row in self._facts.of(kind)}
        return self._rows[kind]

    def facts(self) -> Facts:
        """The facts with all changes."""
        return Facts({**self._facts.rows, **{kind: tuple(rows.values()) for kind, rows in self._rows.items()}})

    def put(self, action: str, kind: str, id: str, changes: Sequence[Change]) -> None:
        """One row changed, added or taken away. Raises Refused where that cannot be."""
        if kind not in KINDS:
            attribute_of(kind, "")
        if action == REMOVE:
            self._remove(kind, id)
            return
        rows = self.of(kind)
        if action == SET and id not in rows:
            raise _Gone(f"There is no {named(kind)} {id} in this book any more.", "Take the change out.")
        if action == ADD and id in rows:
            raise Refused(f"There is a {named(kind)} {id} already.", "Change that one, or give another identifier.")
        row = _changed(kind, id, rows.get(id), changes)
        problems = errors(check(kind, (replace(row, source=None),)))  # what is wrong stands in no file
        if problems:
            raise Refused(f"{problems[0].place}: {problems[0].message}", problems[0].remedy)
        fields = {c.field for c in changes}
        self._names_are_there(kind, row, fields)
        refuse_senseless(kind, row, fields, self.of("partner"))
        rows[id] = row

    def _names_are_there(self, kind: str, row: Any, fields: Iterable[str]) -> None:
        for a in attributes(kind):
            id = getattr(row, a.name) if a.kind == REF and a.name in fields else None
            if id and a.to in self._facts.rows and id not in self.of(a.to):
                raise Refused(f"“{a.says}”: there is no {named(a.to)} {id}.", f"Add the {named(a.to)} first.")

    def _remove(self, kind: str, id: str) -> None:
        """A row away, with the rows that are about it alone; others name nothing in its place."""
        if self.of(kind).pop(id, None) is None:
            raise _Gone(f"There is no {named(kind)} {id} in this book any more.", "Take the change out.")
        for other in self._facts.rows:
            for a in attributes(other):
                if a.kind == REF and a.to == kind:
                    self._forget(other, a.name, id, is_part=a.required)

    def _forget(self, kind: str, field: str, id: str, *, is_part: bool) -> None:
        for own in [row.id for row in self.of(kind).values() if getattr(row, field) == id]:
            if is_part:
                self._remove(kind, own)
            else:
                self.of(kind)[own] = replace(self.of(kind)[own], **{field: None})


def changed_facts(facts: Facts, changes: Iterable[Change]) -> tuple[Facts, tuple[Left, ...]]:
    """The facts as they would be, and the changes that are left out; changes of one row count together."""
    overlay, left = Overlay(facts), []
    for (action, kind, id), own in _by_row(changes):
        try:
            overlay.put(action, kind, id, own)
        except Refused as refused:
            words = f"{refused.sentence} {refused.remedy}".strip()
            left += [Left(change, words, isinstance(refused, _Gone)) for change in own]
    return overlay.facts(), tuple(left)


def _by_row(changes: Iterable[Change]) -> Iterator[tuple[tuple[str, str, str], list[Change]]]:
    groups: dict[tuple[str, str, str], list[Change]] = {}
    for change in changes:
        if change.action in (SET, ADD, REMOVE):
            groups.setdefault((change.action, change.of, change.item), []).append(change)
    yield from groups.items()


def _changed(kind: str, id: str, row: Fact | None, changes: Sequence[Change]) -> Any:
    """The row with other values, or a new one; it was not read anywhere."""
    free = dict(row.attributes) if row is not None else {}
    values: dict[str, Any] = {}
    for change in changes:
        if change.field.startswith(FREE):
            free[change.field.removeprefix(FREE)] = change.value
        elif change.field:
            values[change.field] = value_of(kind, change.field, change.value)
    values["attributes"] = free
    if row is not None:
        return replace(row, **values)
    missing = [a.says for a in attributes(kind) if a.required and a.name not in (*values, "id")]
    if missing:
        raise Refused(f"A new {named(kind)} needs “{missing[0]}”.", f"Without it there are no {plural(kind)}.")
    return KINDS[kind](id=id, **values)
