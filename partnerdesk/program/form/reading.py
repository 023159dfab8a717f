"""The fields of a text: its rules in the order of the format, each with the numbers, days and choices it names."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from partnerdesk.program.form.cells import TEXT, Cell, Group, Row, caption_of, cell_of, declared
from partnerdesk.program.form.labels import at, label, rule_note, rule_title
from partnerdesk.program.form.standing import STANDING, standing
from partnerdesk.program.spans import Path, Span, spans

HEAD = (("name", "Name"), ("version", "Version"), ("effective_from", "In force from"), ("note", "Why this version"))
VERSION, TIERS, EARNINGS, LIMITS = "This version", "Score and tiers", "Earnings", "Limits"
PAYMENT, FUNDS, MODULES, METRICS = "Payment", "Funds and benefits", "Modules", "Metrics"
PARTS = (VERSION, TIERS, EARNINGS, LIMITS, PAYMENT, FUNDS, MODULES, METRICS)
# The tables of a text by the part that shows them, in order: rules that the text names, and terms that always stand.
TABLES = {
    VERSION: ("transition", "rounding", "exchange", "fiscal_weeks"),
    TIERS: ("score", "tier", "tiers", "eligibility"),
    EARNINGS: ("earning",),
    LIMITS: ("cap", "safety_net", "holdback"),
    PAYMENT: ("settlement", "disputes"),
    FUNDS: ("fund", "benefit"),
    MODULES: ("module",),
    METRICS: ("metric",),
}
WHOLE = {"score": "Score", "tier": "Tiers", "eligibility": "Who takes part"}  # tables that are one group
_LEFT_OUT = frozenset({"where", "example", "points", "partner"})
# Choices that make another rule of it are written as text.
_OTHER_RULE = frozenset(
    "on of kind base take value retention retention_of growth_as growth_from credit month_since score".split()
)
Rows = dict[Path, list[Cell]]


def form(text: str) -> tuple[Group, ...]:
    """The fields of a text. Raises ValueError where it is no TOML."""
    raw = tomllib.loads(text, parse_float=Decimal)
    found = spans(text)
    rows: dict[Path, Rows] = {}
    for path, span in found.items():
        if _has_field(path, span):
            rows.setdefault(_group(path), {}).setdefault(_row(path), []).append(_cell(raw, path, span))
    groups = [_head(found)]
    for part, tables in TABLES.items():
        for table in tables:
            groups += _groups(raw, table, part, rows)
    return tuple(group for group in groups if group.rows)


def _groups(raw: Mapping[str, Any], table: str, part: str, rows: Mapping[Path, Rows]) -> Iterator[Group]:
    if table in STANDING:
        for place, title in STANDING[table]:
            own = rows.get(place, {})
            always = standing(raw, place, {cell.path: cell for cells in own.values() for cell in cells})
            shown = {cell.path for row in always for cell in row.cells}
            further = {path: cells for path, cells in own.items() if not shown & {cell.path for cell in cells}}
            yield Group(title, _clause(raw, place), place, (*always, *_named(raw, place, further)), part)
        return
    for path, own in rows.items():
        if path[0] == table:
            title = WHOLE[table] if table in WHOLE else rule_title(raw, path)
            yield Group(title, rule_note(raw, path), path, _named(raw, path, own), part)


def _clause(raw: Mapping[str, Any], place: Path) -> str:
    table = at(raw, place)
    return str(table.get("reference", "")) if isinstance(table, Mapping) else ""


def _head(found: Mapping[Path, Span]) -> Group:
    rows = []
    for name, says in HEAD:
        span = found.get((name,))
        cell = cell_of({}, (name,), "", span.raw) if span else Cell((name,), "", "", TEXT, "", "")
        rows.append(Row(says, (replace(cell, says=""),)))
    always = standing({}, (), {path: cell_of({}, path, "", found[path].raw) for path in found if len(path) == 1})
    return Group(VERSION, "", (), (*rows, *always), VERSION)


def _has_field(path: Path, span: Span) -> bool:
    """Whether a value is one that people change: a number, a day, a choice among words, yes or no, a window."""
    if not any(path[0] in tables for tables in TABLES.values()) or _LEFT_OUT & set(path[1:]):
        return False
    first = span.raw[0]
    if first in "+-0123456789":
        return ":" not in span.raw and span.raw[:2] not in ("0x", "0o", "0b")
    if path[-1] in _OTHER_RULE:
        return False
    entry = declared(path)
    if entry is None:
        return False
    if span.raw in ("true", "false"):
        return entry.type == "true or false"
    return first in "\"'" and (bool(entry.choices) or path[-1] == "window")


def _group(path: Path) -> Path:
    """The rule that a value belongs to: `earning.NAME`, the score as a whole, `module.NAME.earning.NAME`."""
    if path[0] in WHOLE:
        return path[:1]
    if path[0] in STANDING:
        places = [place for place, _title in STANDING[path[0]] if path[: len(place)] == place]
        return max(places, key=len)
    return path[: (4 if len(path) > 4 else 2) if path[0] == "module" else 2]


def _row(path: Path) -> Path:
    """The table that a value stands in; the points of a scale are one row; a rule's own value is a row by itself."""
    if path[:-1] == _group(path):
        return path
    return path[:-2] if len(path) > 3 and path[-3] == "scale" else path[:-1]


def _cell(raw: Mapping[str, Any], path: Path, span: Span) -> Cell:
    if len(path) > 2 and path[-3] == "scale":
        caption = f"{at(raw, (*path[:-1], 'points'))} points at"
    else:
        caption = "at least" if path[-1] == "score" else caption_of(path)
    return cell_of(raw, path, caption, span.raw)


def _named(raw: Mapping[str, Any], group: Path, cells: Mapping[Path, list[Cell]]) -> tuple[Row, ...]:
    """The rows of a rule, alike ones together, each with its name; one without a name has that of its only value."""
    ordered = sorted(cells.items(), key=lambda item: (item[0][:-1] == ("score",), "scale" in item[0]))
    return tuple(_titled(raw, group, own, found) for own, found in ordered)


def _titled(raw: Mapping[str, Any], group: Path, own: Path, cells: list[Cell]) -> Row:
    words = "" if own == cells[0].path else label(raw, group, own)
    if words or len(cells) > 1:
        return Row(words or "Terms", tuple(cells))
    (cell,) = cells
    name = cell.caption[:1].upper() + cell.caption[1:]
    return Row(name, (replace(cell, caption=""),))
