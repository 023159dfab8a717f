"""The last steps of rows before they are a part: references, attributes, since when known, what is left out."""

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from partnerdesk.engine import facts
from partnerdesk.engine.facts import DAY, FLAG, MONEY, RATE, REF, WHOLE
from partnerdesk.errors import Refused
from partnerdesk.intake import days, numerals
from partnerdesk.intake.amounts import ASSUMED
from partnerdesk.intake.number_columns import Number
from partnerdesk.intake.rows import Part, Reference, Rows
from partnerdesk.intake.targets import SHARE, targets
from partnerdesk.intake.values import meaning

_PLANNED = frozenset("expected_close planned_kickoff planned_live end expires due left known_on".split())


def constant(kind: str, field: str, text: str) -> Any:
    """A value that the user or a layout sets for all rows, read like a cell of the field."""
    found = targets(kind).get(field)
    if found is None:
        raise Refused(f"“{kind}.{field}” is no field.", "Choose a field of the list.")
    value: Any = text
    if found.shape in (MONEY, RATE, WHOLE, SHARE):
        number = numerals.read((text,), numerals.POINT).numbers.get(text)
        value = None if number is None else Number(number)
    elif found.shape == DAY:
        value = days.read((text,)).days.get(text)
    elif found.shape == FLAG:
        value = {"yes": 1, "no": 0}.get(meaning("truth", text))
    if value is None:
        raise Refused(f"“{text}” cannot be the value of {found.says.lower()}.", "Choose another value.")
    return value


def references(rows: Rows) -> None:
    """A name stands in where the reference itself is empty, and is kept beside it where it is not."""
    for name, found in targets(rows.kind).items():
        if found.shape == REF and name in rows.fields and f"{name}.name" in rows.fields:
            names = rows.fields[f"{name}.name"]
            if any(n and not r for r, n in zip(rows.fields[name], names, strict=True)):
                rows.fields[name] = [r or n for r, n in zip(rows.fields[name], names, strict=True)]
                rows.by[name] = "any"


def part(rows: Rows, keys: Sequence[str]) -> Part:
    """The rows that are in, with their references, attributes and the day since when they were known."""
    fields = {name: column for name, column in rows.fields.items() if not name.endswith(".name") and name != "key"}
    named = _references(rows)
    assumed: Sequence[bool] = fields.pop(ASSUMED, ())
    _attributes(fields)
    declared = {a.name: a for a in facts.attributes(rows.kind)}
    for name, found in targets(rows.kind).items():
        if found.shape == REF and name in fields:
            fields[name] = [v or None for v in fields[name]]
    if "known_on" not in fields:
        _known_on(rows.kind, fields)
    whole = [name for name, a in declared.items() if a.kind == WHOLE and name in fields]
    for name in whole:
        fields[name] = _wholes(rows, name)
    kept = [i for i, row in enumerate(rows.rows) if not rows.findings.is_out(row)]
    if len(kept) < rows.count:
        fields = {name: [column[i] for i in kept] for name, column in fields.items()}
        keys = [keys[i] for i in kept]
        assumed = [assumed[i] for i in kept] if assumed else ()
        numbers: Sequence[int] = [rows.rows[i] for i in kept]
    else:
        numbers = rows.rows
    return Part(rows.kind, numbers, keys, fields, named, dict(rows.defaults), assumed=assumed)


def _references(rows: Rows) -> dict[str, Reference]:
    found = {}
    for name, target in targets(rows.kind).items():
        if target.shape == REF and name in rows.fields:
            names: dict[str, str] = {}
            labels = rows.fields.get(f"{name}.name", ())
            for text, label in zip(rows.fields[name], labels, strict=False):
                if text and label:
                    names.setdefault(text, label)
            found[name] = Reference(target.to, rows.by.get(name, "any"), names)
    return found


def _attributes(fields: dict[str, list[Any]]) -> None:
    names = [name for name in fields if name.startswith("attributes.")]
    if not names:
        return
    columns = [fields.pop(name) for name in names]
    words = [name.partition(".")[2] for name in names]

    @lru_cache(maxsize=65536)
    def text(*values: str) -> str:
        held = {w: v for w, v in zip(words, values, strict=True) if v}
        return json.dumps(held, ensure_ascii=False, sort_keys=True)

    fields["attributes"] = [text(*values) for values in zip(*columns, strict=True)]


def _known_on(kind: str, fields: dict[str, list[Any]]) -> None:
    """The latest day on which something of the row happened; days that are planned or agreed do not count."""
    names = [a.name for a in facts.attributes(kind) if a.kind == DAY and a.name not in _PLANNED and a.name in fields]
    if not names:
        return
    columns = [fields[name] for name in names]
    if len(columns) == 1:
        fields["known_on"] = list(columns[0])
    else:
        fields["known_on"] = [max((d for d in row if d), default=None) for row in zip(*columns, strict=True)]


def _wholes(rows: Rows, name: str) -> list[int | None]:
    out: list[int | None] = []
    for i, number in enumerate(rows.fields[name]):
        value = number.value if isinstance(number, Number) else number
        if value is not None and value != int(value):
            rows.reject(i, f"{value:f} is not a whole number.", "Correct the number.", name)
            value = None
        out.append(None if value is None else int(value))
    return out
