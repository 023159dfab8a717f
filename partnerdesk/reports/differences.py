"""A difference for people and programs: causes, rows and lines in words, and the stable JSON of `difference --json`."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from partnerdesk.engine.difference import Column, Difference, Moved, Part, RowChange
from partnerdesk.engine.difference.found import CLOSED, MEANING
from partnerdesk.engine.facts import plural
from partnerdesk.engine.outcome.record import plain
from partnerdesk.reports.figures import amount

if TYPE_CHECKING:
    from partnerdesk.reports.format import Formats

FORMAT = "partnerdesk difference 1"

# cause -> its words
CAUSE_WORDS: Mapping[str, str] = {
    "way of computing": "Way of computing",
    "day passed": "Time passed",
    "new data": "New data",
    "removed data": "Removed data",
    "changed data": "Changed data",
    "program version": "Program version",
    "tier changed": "Tier changed",
    "exchange": "Exchange",
    "adjustment": "Adjustments",
    "payment": "Payments",
    "rounding": "Rounding",
    "closed meanwhile": "Closed meanwhile",
}
# No row and no rule of the book can be named for it.
_WITHOUT_ROWS = {
    MEANING: "same facts and rules; a closed statement is computed as it was when it was closed",
    CLOSED: "what periods that were closed in between had taken of a balance, with what was known then",
}
_LISTED = 2  # rows that are named one by one


def part_words(cause: str, part: Part[Any], titles: Mapping[str, str], formats: "Formats") -> str:
    """What a part of a step rests on: its rows, the rule by its title (from `titles`, by key), or nothing to name."""
    if cause in _WITHOUT_ROWS:
        return _WITHOUT_ROWS[cause]
    if part.rule:
        return titles.get(part.rule, part.rule)
    return rows_words(part.rows, formats)


def rows_words(rows: Iterable[RowChange], formats: "Formats") -> str:
    """Rows by kind and id, a changed one with its columns before and after; many of a kind by their number."""
    kinds: dict[str, list[RowChange]] = {}
    for row in rows:
        kinds.setdefault(row.kind, []).append(row)
    said = []
    for kind, found in kinds.items():
        if len(found) > _LISTED:
            said.append(f"{len(found)} {plural(kind)}")
        else:
            said += [row_words(row, formats) for row in found]
    return "; ".join(said)


def row_words(row: RowChange, formats: "Formats") -> str:
    """`deal D-7, amount 1,000 → 1,200`."""
    name = f"{row.kind.replace('_', ' ')} {row.id}"
    return ", ".join([name, *(column_words(column, formats) for column in row.columns)])


def column_words(column: Column, formats: "Formats") -> str:
    """`status open → won`; an empty side is a dash."""
    before, after = (_value(value, formats) for value in (column.before, column.after))
    return f"{column.name.replace('_', ' ')} {before} → {after}"


def _value(value: Any, formats: "Formats") -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return formats.number(value, max(0, -int(value.normalize().as_tuple().exponent)))
    return formats.day(value) if isinstance(value, date) else str(value)


def tier_words(line: Moved[Any]) -> str:
    """`Silver → Gold` where a line's tier moved."""
    if line.tier_before and line.tier_after and line.tier_before != line.tier_after:
        return f"{line.tier_before} → {line.tier_after}"
    return ""


def difference_json(found: Difference[Any]) -> dict[str, Any]:
    """The waterfall as plain data: amounts are exact texts, days ISO texts, the order is that of the causes."""
    currency = found.currency
    whole = {name: amount(getattr(found, name), currency) for name in ("start", "end", "total", "residual")}
    steps = [
        {
            "cause": step.cause,
            "amount": amount(step.amount, currency),
            "keys": list(step.keys),
            "parts": [_part(part, currency) for part in step.parts],
        }
        for step in found.steps
    ]
    head = {"partner": found.partner, "currency": currency, "of": found.of}
    return head | whole | {"steps": steps, "rows_without_effect": found.idle}


def _part(part: Part[Any], currency: str) -> dict[str, Any]:
    return {
        "amount": amount(part.amount, currency),
        "rule": part.rule,
        "keys": list(part.keys),
        "rows": [_row(row) for row in part.rows],
        "lines": [_line(line, currency) for line in part.lines],
    }


def _row(row: RowChange) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "id": row.id,
        "what": row.what,
        "columns": [{"name": c.name, "before": plain(c.before), "after": plain(c.after)} for c in row.columns],
        "source": str(row.source) if row.source else "",
    }


def _line(line: Moved[Any], currency: str) -> dict[str, Any]:
    """A line as it was and as it came to be."""
    amounts = {name: amount(getattr(line, name), currency) for name in ("before", "after", "amount")}
    return {f.name: plain(getattr(line, f.name)) for f in fields(line)} | amounts
