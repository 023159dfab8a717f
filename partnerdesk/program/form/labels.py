"""What the rows of a form are called: the tier, the metric that is bounded, the band, the entry of a table."""

from collections.abc import Iterator, Mapping
from typing import Any

from partnerdesk.engine.world.where_words import plain
from partnerdesk.program.filters import flat
from partnerdesk.program.form.cells import own_path
from partnerdesk.program.spans import Path

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


def rule_title(raw: Mapping[str, Any], path: Path) -> str:
    """What a rule is called: its own words, those of the rule that a module changes, else its name."""
    own = own_path(path)
    if path[0] != "module" or len(path) == 2:
        return _says(raw, path) or path[-1]
    return f"{rule_title(raw, path[:2])}: {_says(raw, path) or _says(raw, own) or own[-1]}"


def rule_note(raw: Mapping[str, Any], path: Path) -> str:
    """The clause of a rule; in a module, too, that of the module where the rule names none."""
    found = [at(raw, part) for part in (path, path[:2])]
    return next((str(table["reference"]) for table in found if isinstance(table, Mapping) and "reference" in table), "")


def _says(raw: Mapping[str, Any], path: Path) -> str:
    rule = at(raw, path)
    return str(rule.get("says", "")) if isinstance(rule, Mapping) else ""


def label(raw: Mapping[str, Any], group: Path, path: Path) -> str:
    """What a row is about: the tier, the metric that is bounded, the band."""
    parts = list(_parts(raw, group, path))
    table = at(raw, path)
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
                yield str(at(raw, path[:end]).get("name", ""))
        elif part == "scale":
            yield f"{_metric(raw, at(raw, before).get('metric', ''))}, scale"
        elif part not in _INNER:
            yield f"{_NAMES.get(part, part.replace('_', ' '))} {_which(raw, path, end)}".strip()


def _which(raw: Mapping[str, Any], path: Path, end: int) -> str:
    """Which entry it is of a list of several: its number, and for what it is."""
    entries = at(raw, path[:end])
    if end == len(path) or not isinstance(entries, list) or len(entries) < 2:
        return ""
    case = _case(at(entries, path[end : end + 1]))
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


def at(raw: Any, path: Path) -> Any:
    for part in path:
        if isinstance(raw, list):
            raw = raw[int(part)]
        elif isinstance(raw, Mapping):
            raw = raw.get(part, {})
    return raw
