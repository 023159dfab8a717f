"""What most people change in a program, as fields: names and dates, thresholds, weights, rates, caps.

The fields are read off the text itself, and each knows the key it stands for, so that a form edits the text in place.
What has no field (a new rule, a filter) is written as text.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from partnerdesk.engine.world.where_words import plain
from partnerdesk.program.filters import flat
from partnerdesk.program.help import meaning
from partnerdesk.program.spans import Path, Span, put, spans

Value = Decimal | date | str
TEXT, NUMBER, PERCENT, DAY = "text", "number", "percent", "day"
HEAD = (
    ("name", "Name", TEXT),
    ("version", "Version", TEXT),
    ("effective_from", "In force from", DAY),
    ("note", "Why this version", TEXT),
)
GROUPED = ("score", "tier", "earning", "cap", "safety_net", "holdback", "fund", "benefit")
SHARES = frozenset("rate share factor more_than_share by_tier rate_by_tier cost_share fund_rate".split())
MONEY = {
    "cap": ("at_most",),
    "safety_net": ("at_least",),
    "earning": ("amount", "least", "most"),
    "fund": ("grant", "minimum", "at_most"),
}
_NAMES = {
    "steps": "band",
    "by_age": "age",
    "entries": "entry",
    "vests": "vesting part",
    "by_tier": "by tier",
    "rate_by_tier": "rate",
    "grant_by_tier": "grant",
}
_INNER = frozenset("all any none of requires when parts".split())
_LEFT_OUT = frozenset({"where", "example", "points"})


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of the text: its key path, what stands above it, the value (a percentage as such), its unit."""

    path: Path
    caption: str
    value: Value
    kind: str
    unit: str
    raw: str

    @property
    def places(self) -> int:
        """How many decimals its number is shown with."""
        return _places(self.value) if isinstance(self.value, Decimal) else 0


@dataclass(frozen=True, slots=True)
class Row:
    """Values that belong together: a band, a rate by tier, a requirement."""

    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A rule with fields: its title, its clause, its key."""

    title: str
    note: str
    path: Path
    rows: tuple[Row, ...]


def form(text: str) -> tuple[Group, ...]:
    """The fields of a text in its order. Raises ValueError where the text is no TOML."""
    raw = tomllib.loads(text, parse_float=Decimal)
    found = spans(text)
    groups = [_head(found)]
    rows: dict[Path, dict[Path, list[Cell]]] = {}
    for path, span in found.items():
        if path[0] in GROUPED and _is_number(span.raw) and not _LEFT_OUT & set(path):
            rows.setdefault(_group(path), {}).setdefault(_row(path), []).append(_cell(raw, path, span))
    for top in GROUPED:
        groups += [_grouped(raw, path, cells) for path, cells in rows.items() if path[0] == top]
    return tuple(groups)


def changed(text: str, cell: Cell, value: Value) -> str:
    """The text with another value in the place of a cell's, and nothing else changed."""
    return put(text, cell.path, written(cell, value))


def written(cell: Cell, value: Value) -> str:
    """A value as TOML, in the manner of the one that stood there: its decimals, its thousands."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return quoted(value.strip())
    number = value / 100 if cell.kind == PERCENT else value
    if value == cell.value:
        return cell.raw
    meant = meaning(cell.path)
    if meant is not None and meant.type == "whole number" and number == number.to_integral_value():
        return f"{number:.0f}"
    places = max(_places(number), len(cell.raw.partition(".")[2].replace("_", "")))
    exact = number.quantize(Decimal(1).scaleb(-places))
    return f"{exact:,f}".replace(",", "_") if "_" in cell.raw or abs(exact) >= 10_000 else f"{exact:f}"


def quoted(words: str) -> str:
    """Words as a TOML text on one line."""
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{"".join(c if c.isprintable() else " " for c in escaped)}"'


def _places(number: Decimal) -> int:
    return max(0, -int(number.normalize().as_tuple().exponent))


def _head(found: Mapping[Path, Span]) -> Group:
    rows = []
    for name, label, kind in HEAD:
        span = found.get((name,))
        raw = span.raw if span else '""'
        rows.append(Row(label, (Cell((name,), "", _plain(raw), kind, "", raw),)))
    return Group("This version", "", (), tuple(rows))


def _plain(raw: str) -> Value:
    value = tomllib.loads(f"x = {raw}", parse_float=Decimal)["x"]
    return value if isinstance(value, date) else str(value)


def _is_number(raw: str) -> bool:
    return raw[0] in "+-0123456789" and ":" not in raw and raw[:2] not in ("0x", "0o", "0b")


def _group(path: Path) -> Path:
    if path[0] in ("tier", "score"):
        return path[:1]
    return path[:2]


def _row(path: Path) -> Path:
    """The table that a value stands in; the points of a scale are one row."""
    return path[:-2] if len(path) > 3 and path[-3] == "scale" else path[:-1]


def _cell(raw: Mapping[str, Any], path: Path, span: Span) -> Cell:
    if "-" in span.raw[1:]:
        return Cell(path, _caption(raw, path), _plain(span.raw), DAY, "", span.raw)
    number = Decimal(span.raw.replace("_", ""))
    is_share = bool(SHARES & set(path[-2:])) and abs(number) <= 1
    value = number * 100 if is_share else number
    kind = PERCENT if is_share else NUMBER
    return Cell(path, _caption(raw, path), value, kind, "%" if is_share else _unit(raw, path), span.raw)


def _caption(raw: Mapping[str, Any], path: Path) -> str:
    if len(path) > 2 and path[-3] == "scale":
        return f"{_at(raw, (*path[:-1], 'points'))} points at"
    if path[-1] == "score":
        return "at least"
    return path[-1].removesuffix("_months").removesuffix("_days").replace("_", " ")


def _unit(raw: Mapping[str, Any], path: Path) -> str:
    if path[-1] in MONEY.get(path[0], ()) and len(path) == 3:
        return str(raw.get("currency", "EUR"))
    return next((unit for unit in ("months", "days") if path[-1].endswith(f"_{unit}")), "")


def _grouped(raw: Mapping[str, Any], path: Path, cells: Mapping[Path, list[Cell]]) -> Group:
    rule = _at(raw, path)
    says = rule.get("says", path[-1]) if isinstance(rule, Mapping) else ""
    note = str(rule.get("reference", "")) if isinstance(rule, Mapping) else ""
    title = "Tiers" if path == ("tier",) else "Score" if path == ("score",) else str(says)
    ordered = sorted(cells.items(), key=lambda item: (len(item[0]) == 1, "scale" in item[0]))  # alike rows together
    rows = (_titled(_label(raw, path, own), found) for own, found in ordered)
    return Group(title, note, path, tuple(rows))


def _titled(label: str, cells: list[Cell]) -> Row:
    """A row that has no name of its own is called after its only value."""
    if label or len(cells) > 1:
        return Row(label or "Terms", tuple(cells))
    caption = cells[0].caption
    return Row(caption[:1].upper() + caption[1:], (replace(cells[0], caption=""),))


def _label(raw: Mapping[str, Any], group: Path, path: Path) -> str:
    """What a row is about: the tier, the metric that is bounded, the band."""
    parts = list(_parts(raw, group, path))
    table = _at(raw, path)
    if isinstance(table, Mapping):
        if "metric" in table:
            parts.append(_metric(raw, table["metric"]))
        elif "score" in table and group == ("tier",):
            parts.append("score")
    words = ", ".join(part for part in parts if part)
    return words[:1].upper() + words[1:]


def _parts(raw: Mapping[str, Any], group: Path, path: Path) -> Iterator[str]:
    for end in range(len(group) + 1, len(path) + 1):
        part, before = path[end - 1], path[: end - 1]
        if part.isdigit():
            if before == ("tier",):
                yield str(_at(raw, path[:end]).get("name", ""))
        elif part == "scale":
            yield f"{_metric(raw, _at(raw, before).get('metric', ''))}, scale"
        elif part not in _INNER:
            yield f"{_NAMES.get(part, part.replace('_', ' '))} {_which(raw, path, end)}".strip()


def _which(raw: Mapping[str, Any], path: Path, end: int) -> str:
    """Which entry it is of a list of several: its number, and for what it is."""
    entries = _at(raw, path[:end])
    if end == len(path) or not isinstance(entries, list) or len(entries) < 2:
        return ""
    case = _case(_at(entries, path[end : end + 1]))
    return f"{int(path[end]) + 1}{f' ({case})' if case else ''}"


def _case(entry: Any) -> str:
    """What an entry of a table is for, shortly: its own words, else the values and tiers that it asks for."""
    if not isinstance(entry, Mapping):
        return ""
    tests = flat(entry.get("where", {}))
    asked = [value for _, raw in tests for value in (raw if isinstance(raw, list) else [raw])]
    tiers = entry.get("tier", [])
    said = [*(tiers if isinstance(tiers, list) else [tiers]), *(v for v in asked if not isinstance(v, Mapping))]
    return str(entry.get("says", "")) or ", ".join(plain(value) for value in said)


def _metric(raw: Mapping[str, Any], name: Any) -> str:
    own = raw.get("metric", {}).get(name, {})
    return str(own.get("says", name)) if isinstance(own, Mapping) else str(name)


def _at(raw: Any, path: Path) -> Any:
    for part in path:
        if isinstance(raw, list):
            raw = raw[int(part)]
        elif isinstance(raw, Mapping):
            raw = raw.get(part, {})
    return raw
