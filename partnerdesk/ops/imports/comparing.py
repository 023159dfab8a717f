"""What a part would change: new rows, changed rows, and rows that are as they were. Compared by key, in one SELECT.

Only what the file says is compared; what it does not mention stays. Sums that were derived from lines are made again
from the lines in the book and those of the file together.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from sqlalchemy.orm import Session

from partnerdesk.engine import facts
from partnerdesk.engine.money import decimals
from partnerdesk.errors import Refused
from partnerdesk.intake.rows import Part
from partnerdesk.ops.imports.known import KNOWN_BY, PLACED, STATUS, Known
from partnerdesk.ops.imports.rawsql import fetched, fetched_in

_EMPTY = (None, "", "{}")
_FEW = 4  # rows of a file are looked up one by one where the table has so many times more
_Lines: TypeAlias = dict[tuple[str, str], list[int | None]]


@dataclass(slots=True)
class Difference:
    """One part against the book. `new` are indexes of the part; `changed` gives the values to set by index."""

    part: Part
    ids: list[str]
    columns: tuple[str, ...]
    new: list[int] = field(default_factory=list)
    changed: dict[int, dict[str, Any]] = field(default_factory=dict)
    filled: list[int] = field(default_factory=list)  # of the changed ones: those that were placeholders
    kept: Counter[str] = field(default_factory=Counter)  # rows that keep their currency, because the file says none

    @property
    def same(self) -> int:
        return len(self.part.keys) - len(self.new) - len(self.changed)


def compare(session: Session, known: Known, part: Part, ids: list[str], lines: Part | None) -> Difference:
    """The difference between a part and the book. `lines` are the lines that a derived part was summed from."""
    columns = tuple(a.name for a in facts.attributes(part.kind) if a.name in part.fields)
    difference = Difference(part, ids, columns)
    beside = tuple(name for name in _money(part.kind) if name not in columns) if "currency" in columns else ()
    before = _rows(session, known.system, part, (*columns, *beside))
    if not before:
        difference.new = list(range(len(part.keys)))
        return difference
    sums = _Sums(session, part, ids, lines) if part.is_derived else None
    width = len(columns) + 1
    rows = zip(*(part.fields[name] for name in columns), strict=True)
    for i, (key, row) in enumerate(zip(part.keys, rows, strict=True)):
        found = before.get(key)
        if found is None:
            difference.new.append(i)
        elif found[1:width] != row or found[-1]:
            _differs(difference, i, dict(zip((*columns, *beside), found[1:], strict=False)), row, found[-1], sums)
    return difference


def correct(session: Session, d: Difference, rows: Sequence[int], parts: Sequence[Difference]) -> None:
    """Makes changes of the book's rows of new ones whose ids are those of rows that another source brought.

    `parts` are all of the file: a derived part is summed from the lines among them.
    """
    if not rows:
        return
    beside = tuple(name for name in _money(d.part.kind) if name not in d.columns) if "currency" in d.columns else ()
    names = (*d.columns, *beside)
    sql = _selected("id", d.part.kind, names)
    before = {row[0]: row for row in fetched_in(session, f'{sql} WHERE "id" IN ({{}})', (), [d.ids[i] for i in rows])}
    lines = next((p.part for p in parts if p.part.kind == "deal_line"), None)
    sums = _Sums(session, d.part, d.ids, lines) if d.part.is_derived else None
    gone = set(rows)
    d.new = [i for i in d.new if i not in gone]
    for i in rows:
        found = before[d.ids[i]]
        row = tuple(d.part.fields[name][i] for name in d.columns)
        _differs(d, i, dict(zip(names, found[1:], strict=False)), row, found[-1], sums)


def _differs(
    d: Difference, i: int, before: dict[str, Any], row: tuple[Any, ...], placed: str, sums: "_Sums | None"
) -> None:
    values = {name: value for name, value in zip(d.columns, row, strict=True) if value != before[name]}
    if before.get("currency") and "currency" in values:
        _other_currency(d, i, before, values)
    if sums:
        values = sums.revised(d.ids[i], values, before)
    values = _with_attributes(values, before.get("attributes", ""))
    if placed:
        values |= _described(d.part, placed, values)
        d.filled.append(i)
    if values:
        d.changed[i] = values


def _money(kind: str) -> list[str]:
    return [a.name for a in facts.attributes(kind) if a.kind == facts.MONEY]


def _other_currency(d: Difference, i: int, before: Mapping[str, Any], values: dict[str, Any]) -> None:
    """A row that the book has in another currency. No amount that the file does not give changes its currency."""
    held, other, key = before["currency"], values["currency"], d.part.keys[i]
    amounts = [name for name in _money(d.part.kind) if before.get(name) is not None]
    if d.part.assumed and d.part.assumed[i]:
        if amounts and decimals(held) != decimals(other):
            sentence = f"“{key}” is in {held} in the book, and the file does not say its currency."
            raise Refused(sentence, "Choose the currency of the file.")
        del values["currency"]
        d.kept[held] += 1
    elif not d.part.is_derived and (left := [name for name in amounts if name not in d.columns]):
        sentence = (
            f"“{key}” is in {held} in the book, and the file says {other} without its {left[0].replace('_', ' ')}."
        )
        raise Refused(sentence, "Add that column to the file, or leave the currency out.")


def _rows(session: Session, system: str, part: Part, columns: Sequence[str]) -> dict[str, tuple[Any, ...]]:
    """Key -> the key, the columns, and at the end the attributes of a placeholder or ""."""
    sql = f'{_selected("key", part.kind, columns)} WHERE "system" = ?'
    (count,) = fetched(session, f'SELECT count(*) FROM "{part.kind}"')[0]
    if len(part.keys) * _FEW < count:
        rows = fetched_in(session, f'{sql} AND "key" IN ({{}})', (system,), part.keys)
        return {row[0]: row for row in rows}
    return {row[0]: row for row in fetched(session, sql, (system,))} if count else {}


def _selected(by: str, kind: str, columns: Sequence[str]) -> str:
    named = ", ".join(f'"{c}"' for c in columns)
    placed = f"iif(instr(attributes, '\"{KNOWN_BY}\"'), attributes, '')" if kind in PLACED else "''"
    return f'SELECT "{by}", {named}, {placed} FROM "{kind}"'


def _with_attributes(values: dict[str, Any], before: str) -> dict[str, Any]:
    """Attributes that the file does not mention stay."""
    if "attributes" not in values:
        return values
    held = json.loads(before or "{}") | json.loads(values["attributes"])
    text = json.dumps(held, ensure_ascii=False, sort_keys=True)
    if text == before:
        del values["attributes"]
        return values
    return values | {"attributes": text}


def _described(part: Part, attributes: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """A placeholder that is described now is none any more, and takes what new rows take."""
    held = json.loads(attributes) | json.loads(values.get("attributes", "{}"))
    for name in (KNOWN_BY, STATUS):
        held.pop(name, None)
    filled: dict[str, Any] = {"attributes": json.dumps(held, ensure_ascii=False, sort_keys=True)}
    if part.kind == "partner" and "status" not in part.fields:
        filled["status"] = "active"
    return dict(part.defaults) | filled


class _Sums:
    """Derived deals beside what the book holds of them; read when the first of them differs."""

    def __init__(self, session: Session, part: Part, ids: list[str], lines: Part | None) -> None:
        self._session, self._ids, self._lines = session, ids, lines
        self._names = [n for n in ("amount", "cost") if n in part.fields]
        self._is_read = False
        self._whole: _Lines = {}  # what the book holds
        self._after: _Lines = {}  # what it will hold: lines of the file, and those the file does not mention

    def _read(self) -> None:
        self._is_read = True
        lines = self._lines
        in_file = set(lines.keys) if lines else set()
        for name in self._names if lines else ():
            for deal, value in zip(lines.fields["deal"], lines.fields[name], strict=True):  # type: ignore[union-attr]
                self._after.setdefault((deal, name), []).append(value)
        named = ", ".join(f'"{n}"' for n in self._names)
        sql = f'SELECT "deal", "key", {named or "NULL"} FROM deal_line WHERE "deal" IN ({{}})'
        for deal, key, *values in fetched_in(self._session, sql, (), self._ids):
            for name, value in zip(self._names, values, strict=False):
                self._whole.setdefault((deal, name), []).append(value)
                if key not in in_file:
                    self._after.setdefault((deal, name), []).append(value)

    def revised(self, id: str, values: dict[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
        """The values to set on a deal that the book has: sums of all lines; of a deal with an amount of its own only
        what was empty."""
        if not self._is_read:
            self._read()
        own = before.get("amount") is not None and before["amount"] != _total(self._whole.get((id, "amount"), []))
        if own:
            return {name: v for name, v in values.items() if before.get(name) in _EMPTY}
        for name in self._names:
            total = _total(self._after.get((id, name), []))
            values.pop(name, None)
            if total != before.get(name):
                values[name] = total
        for name in ("created", "closed", "known_on"):
            if name in values and before.get(name) and values[name] and before[name] < values[name]:
                del values[name]  # lines of an earlier file came first
        return values


def _total(values: Sequence[int | None]) -> int | None:
    known = [v for v in values if v is not None]
    return sum(known) if known else None
